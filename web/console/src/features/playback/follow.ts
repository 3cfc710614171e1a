/** How a camera's player catches up with the master clock. */

export type Correction = { kind: 'rate'; rate: number } | { kind: 'seek' };

const IN_STEP_US = 50_000; // below a picture of 25 a second nobody sees a difference
const NUDGE = 0.05;
const PUSH_US = 150_000;
const PUSH = 0.25;
const SEEK_US = 500_000;

/**
 * `driftUs` is the player's picture time minus the master's, `rate` the master's speed (0.25–4).
 *
 * A few per cent of speed are not seen; a seek costs a picture or two, so it is kept for larger steps. At higher speed
 * the same error in picture time is over sooner: limits grow with it.
 */
export function correctionOf(driftUs: number, rate: number): Correction {
  const scale = Math.max(1, rate);
  const size = Math.abs(driftUs);
  if (size > SEEK_US * scale) return { kind: 'seek' };
  if (size <= IN_STEP_US * scale) return { kind: 'rate', rate };
  const by = size > PUSH_US * scale ? PUSH : NUDGE;
  return { kind: 'rate', rate: rate * (driftUs > 0 ? 1 - by : 1 + by) };
}
