/** One request in flight, and of all that were asked meanwhile only the newest afterwards: for scrubbing. */

export class NewestOnly<Asked> {
  private running = false;
  private waiting: { asked: Asked } | null = null;
  private isStopped = false;
  private controller = new AbortController();

  /** `run` must not throw for ordinary refusals: what it throws is dropped, the next request goes on. */
  constructor(private readonly run: (asked: Asked, signal: AbortSignal) => Promise<void>) {}

  get isBusy(): boolean {
    return this.running;
  }

  ask(asked: Asked): void {
    if (this.isStopped) return;
    if (this.running) {
      this.waiting = { asked };
      return;
    }
    void this.start(asked);
  }

  /** Forget what waits, end what runs. */
  cancel(): void {
    this.waiting = null;
    this.controller.abort();
    this.controller = new AbortController();
  }

  stop(): void {
    this.isStopped = true;
    this.cancel();
  }

  private async start(asked: Asked): Promise<void> {
    this.running = true;
    try {
      await this.run(asked, this.controller.signal);
    } catch {
      // refused or cancelled: the picture stays as it is
    }
    this.running = false;
    const next = this.waiting;
    this.waiting = null;
    if (next) this.ask(next.asked);
  }
}
