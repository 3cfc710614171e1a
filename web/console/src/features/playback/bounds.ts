/** The only time that a right opens, of a footage request; null: all there is. Nothing else is asked for: the server refuses it. */
import type { Span } from './api';

export type Bounds = Span | null;

/** `span` cut to what may be asked for; one that lies outside becomes the edge it is nearest to. */
export function within(span: Span, bounds: Bounds): Span {
  if (bounds === null) return span;
  const { startUs, endUs } = bounds;
  return { startUs: Math.min(Math.max(span.startUs, startUs), endUs - 1), endUs: Math.max(Math.min(span.endUs, endUs), startUs + 1) };
}

/** The moment itself, or the edge it is nearest to; the end is outside. */
export const held = (us: number, bounds: Bounds): number => (bounds === null ? us : Math.min(Math.max(us, bounds.startUs), bounds.endUs - 1));
