/** One source buffer that takes pieces in their order, whatever the browser is busy with. */
import { trimEnd, type Range } from './edge';

const MOST_PIECES = 400;

/** What waits for the browser: a piece, or the beginning of another time line. */
type Waiting = ArrayBuffer | { mime: string };

export class MseBuffer {
  private readonly queue: Waiting[] = [];
  private buffer: SourceBuffer | null = null;
  private hasRetried = false;

  /** `onStuck`: the browser can take no more; the media source has to be made anew. */
  constructor(
    private readonly media: MediaSource,
    private readonly video: HTMLVideoElement,
    private readonly onAppended: () => void,
    private readonly onStuck: () => void,
  ) {}

  /**
   * Take pieces of type `mime` from now on; false if the browser cannot play it.
   *
   * Each further call begins another time line, whose times may lie before those of the last one: nothing of that stays,
   * for what is newest is found, and what is too old is removed, by time.
   */
  expect(mime: string): boolean {
    const { buffer, media } = this;
    if (!(media.constructor as typeof MediaSource).isTypeSupported(mime)) return false;
    if (!buffer) {
      this.buffer = media.addSourceBuffer(mime);
      this.buffer.mode = 'segments';
      this.buffer.addEventListener('updateend', () => this.updated());
      this.buffer.addEventListener('error', () => this.onStuck());
    } else {
      this.queue.splice(0, this.queue.length, { mime });
      this.next();
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
    const { buffered } = buffer;
    const end_s = trimEnd({ start_s: buffered.start(0), end_s: buffered.end(buffered.length - 1) }, this.video.currentTime);
    if (end_s === null) return false;
    buffer.remove(0, end_s);
    return true;
  }

  private next(): void {
    const { buffer, media } = this;
    if (!buffer || buffer.updating || media.readyState !== 'open') return;
    const [first] = this.queue;
    if (!first) return;
    try {
      if (first instanceof ArrayBuffer) buffer.appendBuffer(first);
      else beginLine(buffer, first.mime);
      this.queue.shift();
      this.hasRetried = false;
      if (!buffer.updating) this.next();
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
      if (!isFull || this.hasRetried) return this.onStuck();
      this.hasRetried = true;
      buffer.remove(0, Math.max(0.1, this.video.currentTime - 1));
    }
  }
}

function beginLine(buffer: SourceBuffer, mime: string): void {
  buffer.changeType(mime);
  if (buffer.buffered.length > 0) buffer.remove(0, Infinity);
}
