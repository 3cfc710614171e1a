/** Which stretch of time one playlist covers. */
import type { Span } from './api';
import { US_PER_DAY, US_PER_HOUR, US_PER_MINUTE } from '@/time/zoneTime';

const WINDOW_US = 2 * US_PER_HOUR;
const MARGIN_US = 5 * US_PER_MINUTE;
const GROWING_BEHIND_US = US_PER_MINUTE;
const GROWING_AHEAD_US = 20 * US_PER_MINUTE;

/**
 * Two hours on a fixed grid, so that jumps inside need no new list. Near now a short one: it is asked for again every
 * few seconds while it grows.
 */
export function playlistWindow(atUs: number, nowUs: number): Span {
  const startUs = Math.floor(atUs / WINDOW_US) * WINDOW_US;
  const window = { startUs: startUs - MARGIN_US, endUs: startUs + WINDOW_US + MARGIN_US };
  if (window.endUs <= nowUs) return window;
  return { startUs: Math.max(window.startUs, atUs - GROWING_BEHIND_US), endUs: atUs + GROWING_AHEAD_US };
}

export const isInside = ({ startUs, endUs }: Span, us: number): boolean => us >= startUs && us < endUs;

/** The coverage that goes with it: a day more on both sides, so that the pictures beside a gap are known. */
export const coverageSpan = ({ startUs, endUs }: Span): Span => ({
  startUs: Math.max(0, startUs - US_PER_DAY),
  endUs: endUs + US_PER_DAY,
});
