/** What of playback stands in the address: cameras by id; the moment, the marked interval, the only time that may be seen in microseconds UTC; speed, shown span in seconds. */
import { ZOOM_LEVELS_US } from './zoom';

export type PlaybackSearch = { cameras?: string[]; at?: number; speed?: number; span_s?: number; in?: number; out?: number; from?: number; until?: number };

export const MOST_CAMERAS = 9;
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;
export const BACK_SPEEDS = [-1, -2, -4, -8] as const;

const ID = /^[0-9a-f-]{36}$/i;
const isMoment = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
const WIDEST_S = ZOOM_LEVELS_US[0] / 1_000_000;

export function validatePlaybackSearch(search: Record<string, unknown>): PlaybackSearch {
  const { cameras, at, speed, span_s, in: inUs, out: outUs, from, until } = search;
  const asked = typeof cameras === 'string' ? cameras.split(',') : Array.isArray(cameras) ? (cameras as unknown[]) : null;
  const ids = asked?.filter((id): id is string => typeof id === 'string' && ID.test(id));
  return {
    ...(ids ? { cameras: [...new Set(ids)].slice(0, MOST_CAMERAS) } : {}),
    ...(isMoment(at) ? { at } : {}),
    ...([...SPEEDS, ...BACK_SPEEDS].includes(speed as 1) ? { speed: speed as number } : {}),
    ...(typeof span_s === 'number' && span_s >= 10 && span_s <= WIDEST_S ? { span_s: Math.round(span_s) } : {}),
    ...(isMoment(inUs) ? { in: inUs } : {}),
    ...(isMoment(from) && isMoment(until) && from < until ? { from, until } : {}),
    ...(isMoment(outUs) && !(isMoment(inUs) && inUs >= outUs) ? { out: outUs } : {}),
  };
}
