/**
 * The one clock of a playback: cameras only follow it.
 *
 * Wall time in microseconds UTC. It runs on a monotonic clock given in, so that the clock of the viewer's machine
 * may be wrong or set while it runs.
 */

export class MasterClock {
  private anchorUs: number;
  private anchorMs: number;
  private speed = 1;
  private playing = false;
  private holds = new Set<string>();
  private limit: number | null = null;

  constructor(
    private readonly monotonicMs: () => number,
    startUs: number,
  ) {
    this.anchorUs = startUs;
    this.anchorMs = monotonicMs();
  }

  get rate(): number {
    return this.speed;
  }

  /** What the viewer wants, held or not. */
  get isPlaying(): boolean {
    return this.playing;
  }

  get isRunning(): boolean {
    return this.playing && this.holds.size === 0;
  }

  /** Now on this clock, never beyond the limit. */
  atUs(): number {
    const elapsedMs = this.isRunning ? this.monotonicMs() - this.anchorMs : 0;
    const us = Math.round(this.anchorUs + elapsedMs * 1000 * this.speed);
    return this.limit !== null && this.speed > 0 ? Math.min(us, Math.max(this.limit, this.anchorUs)) : us;
  }

  get isAtLimit(): boolean {
    return this.limit !== null && this.atUs() >= this.limit;
  }

  play(): void {
    this.rebase(() => (this.playing = true));
  }

  pause(): void {
    this.rebase(() => (this.playing = false));
  }

  setRate(rate: number): void {
    this.rebase(() => (this.speed = rate));
  }

  seek(us: number): void {
    this.anchorUs = Math.round(us);
    this.anchorMs = this.monotonicMs();
  }

  /** Stand still for `reason` (a camera that gathers pictures) without being paused. */
  hold(reason: string): void {
    if (!this.holds.has(reason)) this.rebase(() => this.holds.add(reason));
  }

  release(reason: string): void {
    if (this.holds.has(reason)) this.rebase(() => this.holds.delete(reason));
  }

  /** Footage ends here for now; it moves on while the recorder writes. null: no limit. */
  setLimit(us: number | null): void {
    if (us !== this.limit) this.rebase(() => (this.limit = us));
  }

  private rebase(change: () => void): void {
    this.anchorUs = this.atUs();
    this.anchorMs = this.monotonicMs();
    change();
  }
}
