/** The one way to ask the server: same host, JSON, refusals as `Problem`. */
import { address, type Places, type Query } from './address';
import { Problem, problemOf } from './problem';
import type { Answer, Method, Path, Request } from './routes';
import { sessionGate } from './session-gate';

export const API = '/api/v1';
const TIMEOUT_MS = 15_000;
const FILE_TIMEOUT_MS = 180_000; // twenty megabytes over a branch office's line, then looked through

/** `file`: the body of a route that takes a file, sent as what it is. */
type Manner = { signal?: AbortSignal | undefined; isQuiet?: boolean; file?: Blob };
type Options = Manner & { path?: Places; query?: Query; body?: unknown };
/** Options may be left out where the route needs none. */
type Rest<Wanted> = object extends Wanted ? [options?: Wanted] : [options: Wanted];

async function send(method: Method, path: string, { path: places, query, body, file, signal }: Options): Promise<Response> {
  const limits = [AbortSignal.timeout(file ? FILE_TIMEOUT_MS : TIMEOUT_MS), ...(signal ? [signal] : [])];
  try {
    return await fetch(API + address(path, places, query), {
      method: method.toUpperCase(),
      credentials: 'same-origin',
      cache: 'no-store',
      headers: {
        Accept: 'application/json',
        'Accept-Language': document.documentElement.lang,
        ...(file ? { 'Content-Type': file.type } : body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
      signal: AbortSignal.any(limits),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, 'offline', '');
  }
}

/** The file that the route `path` makes of what is asked; throws `Problem` as `call`. */
export async function callForFile<P extends Path<'post'>>(path: P, ...[options]: Rest<Request<'post', P> & Manner>): Promise<Blob> {
  const answer = await send('post', path, options ?? {});
  if (answer.ok) return answer.blob();
  throw await refused(answer);
}

async function refused(answer: Response, isQuiet = false): Promise<Problem> {
  const problem = await problemOf(answer);
  if (problem.status === 401 && !isQuiet) sessionGate.end(problem.code);
  return problem;
}

/**
 * Answer of the route `path` under `/api/v1`, asked and answered as the server's description says; throws `Problem`.
 *
 * A session that has ended opens the sign-in dialog over the page (not when `isQuiet`); the caller keeps its form.
 */
export async function call<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  ...[options]: Rest<Request<M, P> & Manner>
): Promise<Answer<M, P>> {
  const asked: Options = options ?? {};
  const answer = await send(method, path, asked);
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as Answer<M, P>;
  throw await refused(answer, asked.isQuiet);
}
