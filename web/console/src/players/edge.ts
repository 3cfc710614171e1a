/** Staying near the live edge of buffered pictures. */

/** Reserve that hides one late fragment. */
export const TARGET_S = 0.3;
const HURRY_S = 0.45;
const HURRY_MORE_S = 0.8;
/** The last group of pictures comes at once when somebody joins: two seconds that nobody wants to wait through. */
const JUMP_S = 1.5;
const STARVING_S = 0.08;
const INTO_RANGE_S = 0.01;
/** Behind the playhead nothing is needed: live has no rewind. */
export const KEEP_BEHIND_S = 10;
const TRIM_SLACK_S = 5;

export type Range = { start_s: number; end_s: number };
export type EdgeStep = { seek_s: number | null; rate: number };

/**
 * What to do with the playhead at `at_s`, given the newest buffered range.
 *
 * A playhead outside of the range (a hole, a new time line) or more than 1.5 s behind jumps; otherwise speed makes up.
 */
export function edgeStep(range: Range, at_s: number): EdgeStep {
  const behind_s = range.end_s - at_s;
  const edge_s = Math.max(range.start_s + INTO_RANGE_S, range.end_s - TARGET_S);
  if (at_s < range.start_s || behind_s < -0.5 || behind_s > JUMP_S) return { seek_s: edge_s, rate: 1 };
  if (behind_s > HURRY_MORE_S) return { seek_s: null, rate: 1.25 };
  if (behind_s > HURRY_S) return { seek_s: null, rate: 1.1 };
  if (behind_s < STARVING_S) return { seek_s: null, rate: 0.95 };
  return { seek_s: null, rate: 1 };
}

/**
 * End of what may be removed from a buffer whose whole content is `range`, or null while that is not worth the work.
 *
 * A playhead behind all of it (a new time line that begins earlier) is about to jump: all of it is still to be shown.
 */
export function trimEnd({ start_s, end_s }: Range, at_s: number): number | null {
  return at_s <= end_s && start_s < at_s - KEEP_BEHIND_S - TRIM_SLACK_S ? at_s - KEEP_BEHIND_S : null;
}
