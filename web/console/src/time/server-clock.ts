/**
 * The server's clock, as far as this machine can know it.
 *
 * It runs on `performance.now()`, which nobody can set: a viewer whose clock is an hour wrong sees right times. An
 * answer to a question is trusted by half of its round trip; an event that came unasked only if it contradicts that
 * by more than it may be late.
 */
type Estimate = { server_us: number; at_ms: number; error_ms: number };

const EVENT_ERROR_MS = 300;
const AGEING_MS_PER_S = 0.05;

export class ServerClock {
  private estimate: Estimate | null = null;

  constructor(private readonly monotonic_ms: () => number = () => performance.now()) {}

  /** True once the server has told its time. */
  get isKnown(): boolean {
    return this.estimate !== null;
  }

  /** Microseconds UTC on the server; on this machine's own clock until the server has spoken. */
  now_us(): number {
    // eslint-disable-next-line no-restricted-syntax -- the only reading, before the first answer
    if (!this.estimate) return Date.now() * 1000;
    return this.estimate.server_us + (this.monotonic_ms() - this.estimate.at_ms) * 1000;
  }

  /** Learn from an answer that carried `server_us` to a question sent at `sent_ms` (monotonic). */
  answered(server_us: number, sent_ms: number): void {
    const now_ms = this.monotonic_ms();
    const half_ms = (now_ms - sent_ms) / 2;
    this.consider({ server_us: server_us + half_ms * 1000, at_ms: now_ms, error_ms: half_ms });
  }

  /** Learn from an event that the server sent by itself. */
  told(server_us: number): void {
    this.consider({ server_us, at_ms: this.monotonic_ms(), error_ms: EVENT_ERROR_MS });
  }

  private consider(next: Estimate): void {
    const known = this.estimate;
    if (!known) {
      this.estimate = next;
      return;
    }
    const age_s = (next.at_ms - known.at_ms) / 1000;
    const error_ms = known.error_ms + age_s * AGEING_MS_PER_S;
    const apart_ms = Math.abs(next.server_us - this.now_us()) / 1000;
    if (next.error_ms <= error_ms || apart_ms > next.error_ms + error_ms) this.estimate = next;
  }
}

export const serverClock = new ServerClock();
