/** Telling the server of what looks like recording the screen (directive, article 11(4)). It deters; the log proves. */
import { call } from './client';
import type { components } from './schema';

export type AttemptKind = components['schemas']['Attempt']['kind'];

/** The server counts what comes again within a minute; this only keeps a held key from asking it thirty times a second. */
const QUIET_MS = 2_000;
const last_ms = new Map<string, number>();

/** Never fails and never waits: what the page does about an attempt does not depend on the answer. */
export function reportAttempt(kind: AttemptKind, camera_id: string | null): void {
  const key = `${kind} ${camera_id}`;
  const now_ms = performance.now();
  if (now_ms - (last_ms.get(key) ?? -Infinity) < QUIET_MS) return;
  last_ms.set(key, now_ms);
  call('post', '/attempts', { body: { kind, camera_id }, isQuiet: true }).catch(() => undefined);
}

/** The camera whose picture `element` belongs to; null outside of pictures and on a slate, which marks itself without one. */
export function cameraUnder(element: EventTarget | null): string | null {
  const picture = element instanceof Element ? element.closest('[data-picture]') : null;
  const camera_id = picture?.getAttribute('data-picture');
  return camera_id && camera_id !== 'true' ? camera_id : null;
}
