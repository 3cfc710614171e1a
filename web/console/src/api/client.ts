/** The one way to ask the server: same host, JSON, refusals as `Problem`. */
import { Problem, problemOf } from './problem';
import { sessionGate } from './session-gate';

export const API = '/api/v1';
const TIMEOUT_MS = 15_000;

export type Call = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; signal?: AbortSignal; isQuiet?: boolean };

async function send(path: string, { method = 'GET', body, signal }: Call): Promise<Response> {
  const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  try {
    return await fetch(API + path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        Accept: 'application/json',
        'Accept-Language': document.documentElement.lang,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.any(limits),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, 'offline', '');
  }
}

/**
 * Answer of `path` under `/api/v1`; throws `Problem`.
 *
 * A session that has ended opens the sign-in dialog over the page (not when `isQuiet`); the caller keeps its form.
 */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const answer = await send(path, options);
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
  const problem = await problemOf(answer);
  if (problem.status === 401 && !options.isQuiet) sessionGate.end(problem.code);
  throw problem;
}
