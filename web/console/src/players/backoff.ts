/** Growing waits between tries. */
const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;
const STABLE_MS = 10_000;

export class Backoff {
  private step = 0;

  constructor(private readonly random: () => number = Math.random) {}

  /** 1, 2, 4 … 30 s, each ± 20 % so that a wall of tiles does not come back in one instant. */
  next_ms(): number {
    const wait_ms = Math.min(FIRST_MS * 2 ** this.step, LONGEST_MS);
    this.step += 1;
    return wait_ms * (0.8 + 0.4 * this.random());
  }

  /** Begin anew after a try that played for `played_ms`. */
  settle(played_ms: number): void {
    if (played_ms >= STABLE_MS) this.step = 0;
  }
}
