/** What playback asks of the server. */
import { API, call } from '@/api/client';
import { problemOf } from '@/api/problem';
import { sessionGate } from '@/api/session-gate';
import type { ServedTimeline } from './coverage';

const STILL_TIMEOUT_MS = 5_000;

export interface Span {
  startUs: number;
  endUs: number;
}

export interface Still {
  picture: ImageBitmap;
  /** When it was filmed; null if the server does not say. */
  atUs: number | null;
}

const span = ({ startUs, endUs }: Span): string => `start=${Math.round(startUs)}&end=${Math.round(endUs)}`;
const whole = (camera_id: string, { startUs, endUs }: Span) => ({
  path: { camera_id },
  query: { start: Math.round(startUs), end: Math.round(endUs) },
});

export const readTimeline = (cameraId: string, asked: Span, signal?: AbortSignal): Promise<ServedTimeline> =>
  call('get', '/playback/{camera_id}/timeline', { ...whole(cameraId, asked), signal });

export const readKeyFrames = async (cameraId: string, asked: Span, signal?: AbortSignal): Promise<number[]> =>
  (await call('get', '/playback/{camera_id}/keyframes', { ...whole(cameraId, asked), signal })).key_frames_us;

export const playlistUrl = (cameraId: string, asked: Span): string =>
  `${API}/playback/${cameraId}/index.m3u8?${span(asked)}`;

/** One picture: the key frame at or before `atUs`, or with `isExact` the very picture. Throws `Problem`. */
export async function readStill(
  cameraId: string,
  { atUs, widthPx, isExact }: { atUs: number; widthPx: number; isExact: boolean },
  signal: AbortSignal,
): Promise<Still> {
  const query = `at=${Math.round(atUs)}&width=${widthPx}&exact=${isExact ? 1 : 0}`;
  const answer = await fetch(`${API}/playback/${cameraId}/frame.jpg?${query}`, {
    credentials: 'same-origin',
    headers: { 'Accept-Language': document.documentElement.lang }, // refusals are shown
    cache: 'no-store',
    signal: AbortSignal.any([signal, AbortSignal.timeout(STILL_TIMEOUT_MS)]),
  });
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.status === 401) sessionGate.end(problem.code);
    throw problem;
  }
  const told = Number(answer.headers.get('Nazar-Frame-Time-Us'));
  return { picture: await createImageBitmap(await answer.blob()), atUs: told > 0 ? told : null };
}
