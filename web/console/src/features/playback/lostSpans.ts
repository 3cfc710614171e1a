/** The stretches that could not be had: parts that follow each other become one, so that its end can be jumped to. */
import type { Span } from './api';

const MOST = 50;
const NEXT_US = 100_000; // rounding of dates and durations in a list

/** `lost` with `span`, the newest last, the oldest forgotten. */
export function withLost(lost: readonly Span[], span: Span): Span[] {
  const before = lost.find((one) => Math.abs(one.endUs - span.startUs) <= NEXT_US);
  const rest = lost.filter((one) => one !== before);
  return [...rest.slice(1 - MOST), before ? { startUs: before.startUs, endUs: span.endUs } : span];
}
