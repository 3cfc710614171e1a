/** Tells a moment in the address that we wrote ourselves from one that a link or the Back button brought. */

/**
 * The address says what we wrote with a delay: on a busy machine after we wrote the next. Taking that echo for an order
 * would throw the clock back to where it was.
 */
export class OwnMoments {
  /** Written, not yet seen in the address; oldest first. */
  private written: number[] = [];

  /** `seen`: the moment that stands in the address now. */
  constructor(private seen: number | undefined) {}

  wrote(at: number): void {
    if (at !== this.seen || this.written.length > 0) this.written.push(at);
  }

  /** Whether `at`, now in the address, is ours. Those written before it will not be seen any more. */
  saw(at: number): boolean {
    const found = this.written.indexOf(at);
    const isOwn = found >= 0 || at === this.seen;
    this.written = isOwn ? this.written.slice(found + 1) : [];
    this.seen = at;
    return isOwn;
  }
}
