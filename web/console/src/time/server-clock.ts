/**
 * The server's clock, as far as this machine can know it.
 *
 * It runs on `performance.now()`, which nobody can set: a viewer whose clock is an hour wrong sees right times. An
 * answer to a question is trusted by half of its round trip. An event that came unasked may be late by any time, never
 * early: it can prove that the estimate is behind, never that it is ahead. Then the server has to be asked.
 */
type Estimate = { server_us: number; at_ms: number; error_ms: number };

const EVENT_ERROR_MS = 300; // what an event takes on a line that is well
const AGEING_MS_PER_S = 0.05;

export class ServerClock {
  private estimate: Estimate | null = null;
  private ask: () => void = () => undefined;

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

  /** `ask` has the server asked for its time; called when an event is late, or the server's clock was set back. */
  whenInDoubt(ask: () => void): void {
    this.ask = ask;
  }

  /** Learn from an event that the server sent by itself. */
  told(server_us: number): void {
    const at_ms = this.monotonic_ms();
    const ahead_ms = (server_us - this.now_us()) / 1000;
    const error_ms = this.error_ms(at_ms);
    if (error_ms === null) this.estimate = { server_us, at_ms, error_ms: EVENT_ERROR_MS };
    else if (ahead_ms > 0) this.estimate = { server_us, at_ms, error_ms: ahead_ms < error_ms ? error_ms - ahead_ms : EVENT_ERROR_MS };
    else if (-ahead_ms > error_ms + EVENT_ERROR_MS) this.ask();
  }

  private consider(next: Estimate): void {
    const error_ms = this.error_ms(next.at_ms);
    const apart_ms = Math.abs(next.server_us - this.now_us()) / 1000;
    if (error_ms === null || next.error_ms <= error_ms || apart_ms > next.error_ms + error_ms) this.estimate = next;
  }

  /** By how much the estimate may be wrong at `at_ms`; null while there is none. */
  private error_ms(at_ms: number): number | null {
    if (!this.estimate) return null;
    return this.estimate.error_ms + ((at_ms - this.estimate.at_ms) / 1000) * AGEING_MS_PER_S;
  }
}

export const serverClock = new ServerClock();
