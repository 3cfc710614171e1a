/** The part of time that the time line shows. Moments in microseconds UTC. */

import { US_PER_DAY, US_PER_HOUR, US_PER_MINUTE, US_PER_SECOND } from '@/time/zoneTime';

export const ZOOM_LEVELS_US = [
  20 * US_PER_DAY,
  7 * US_PER_DAY,
  US_PER_DAY,
  6 * US_PER_HOUR,
  US_PER_HOUR,
  10 * US_PER_MINUTE,
  US_PER_MINUTE,
  10 * US_PER_SECOND,
] as const;

const WIDEST_US = ZOOM_LEVELS_US[0];
const NARROWEST_US = ZOOM_LEVELS_US[ZOOM_LEVELS_US.length - 1] as number;
const AHEAD = 0.05; // a margin after "now", so that the running edge can be seen as an edge

export interface Shown {
  startUs: number;
  spanUs: number;
}

export const endOf = (shown: Shown): number => shown.startUs + shown.spanUs;

/** Never wholly in the future: "now" stays within reach at the right. */
export function keptInTime(shown: Shown, nowUs: number): Shown {
  const spanUs = Math.round(Math.min(WIDEST_US, Math.max(NARROWEST_US, shown.spanUs)));
  const latestUs = nowUs + spanUs * AHEAD - spanUs;
  return { startUs: Math.round(Math.min(shown.startUs, latestUs)), spanUs };
}

/** The same moment stays under the pointer. `factor` < 1 shows less time. */
export function zoomedAt(shown: Shown, anchorUs: number, factor: number, nowUs: number): Shown {
  const spanUs = Math.min(WIDEST_US, Math.max(NARROWEST_US, shown.spanUs * factor));
  const share = (anchorUs - shown.startUs) / shown.spanUs;
  return keptInTime({ startUs: anchorUs - share * spanUs, spanUs }, nowUs);
}

/** The named level that is nearest to `spanUs` by ratio. */
export function levelOf(spanUs: number): number {
  const distance = (index: number) => Math.abs(Math.log(spanUs / (ZOOM_LEVELS_US[index] as number)));
  return ZOOM_LEVELS_US.reduce((best: number, _, index) => (distance(index) < distance(best) ? index : best), 0);
}

/** One named level closer (`by` > 0) or wider, about `anchorUs`. */
export function steppedLevel(shown: Shown, anchorUs: number, by: number, nowUs: number): Shown {
  const level = Math.min(ZOOM_LEVELS_US.length - 1, Math.max(0, levelOf(shown.spanUs) + by));
  return zoomedAt(shown, anchorUs, (ZOOM_LEVELS_US[level] as number) / shown.spanUs, nowUs);
}

export function panned(shown: Shown, byUs: number, nowUs: number): Shown {
  return keptInTime({ startUs: shown.startUs + byUs, spanUs: shown.spanUs }, nowUs);
}

/** Turned like a page when the playhead leaves; the same object while it is inside, so that nothing redraws. */
export function following(shown: Shown, playheadUs: number, nowUs: number): Shown {
  const share = (playheadUs - shown.startUs) / shown.spanUs;
  if (share >= 0 && share <= 0.97) return shown;
  const at = share > 0.97 && share < 1.5 ? 0.1 : 0.5;
  return keptInTime({ startUs: playheadUs - shown.spanUs * at, spanUs: shown.spanUs }, nowUs);
}

/** What to ask the server for: the shown part and as much on both sides, on a coarse grid so that answers are reused. */
export function askedSpan(shown: Shown): { startUs: number; endUs: number } {
  const grid = 2 ** Math.ceil(Math.log2(Math.max(shown.spanUs, US_PER_MINUTE)));
  const first = Math.floor((shown.startUs - shown.spanUs / 2) / grid) * grid;
  const last = Math.ceil((endOf(shown) + shown.spanUs / 2) / grid) * grid;
  return { startUs: Math.max(0, first), endUs: last };
}
