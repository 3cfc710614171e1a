/** One source buffer that takes pieces in their order, whatever the browser is busy with. */
import { trimEnd, type Range } from './edge';

const MOST_PIECES = 400;

export class MseBuffer {
  private readonly queue: ArrayBuffer[] = [];
  private buffer: SourceBuffer | null = null;
  private hasRetried = false;

  /** `onStuck`: the browser can take no more; the media source has to be made anew. */
  constructor(
    private readonly media: MediaSource,
    private readonly video: HTMLVideoElement,
    private readonly onAppended: () => void,
    private readonly onStuck: () => void,
  ) {}

  /** Take pieces of type `mime` from now on; false if the browser cannot play it. */
  expect(mime: string): boolean {
    const { buffer, media } = this;
    if (!(media.constructor as typeof MediaSource).isTypeSupported(mime)) return false;
    if (!buffer) {
      this.buffer = media.addSourceBuffer(mime);
      this.buffer.mode = 'segments';
      this.buffer.addEventListener('updateend', () => this.updated());
      this.buffer.addEventListener('error', () => this.onStuck());
    } else if (!buffer.updating && this.queue.length === 0) {
      buffer.changeType(mime);
    } else {
      this.onStuck();
    }
    return true;
  }

  append(piece: ArrayBuffer): void {
    this.queue.push(piece);
    if (this.queue.length > MOST_PIECES) this.onStuck();
    else this.next();
  }

  /** The newest unbroken range, where the live edge is. */
  get newest(): Range | null {
    const ranges = this.buffer && this.media.readyState !== 'closed' ? this.buffer.buffered : null;
    if (!ranges || ranges.length === 0) return null;
    return { start_s: ranges.start(ranges.length - 1), end_s: ranges.end(ranges.length - 1) };
  }

  private updated(): void {
    if (!this.trim()) this.next();
    this.onAppended();
  }

  private trim(): boolean {
    const { buffer, media } = this;
    if (!buffer || media.readyState === 'closed' || buffer.updating || buffer.buffered.length === 0) return false;
    const end_s = trimEnd(buffer.buffered.start(0), this.video.currentTime);
    if (end_s === null) return false;
    buffer.remove(0, end_s);
    return true;
  }

  private next(): void {
    const { buffer, media } = this;
    if (!buffer || buffer.updating || media.readyState !== 'open') return;
    const piece = this.queue[0];
    if (!piece) return;
    try {
      buffer.appendBuffer(piece);
      this.queue.shift();
      this.hasRetried = false;
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
      if (!isFull || this.hasRetried) return this.onStuck();
      this.hasRetried = true;
      buffer.remove(0, Math.max(0.1, this.video.currentTime - 1));
    }
  }
}
