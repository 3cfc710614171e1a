/** Single pictures of one camera on a canvas: for scrubbing, fast and backward playback. */
import { type Span, readKeyFrames, readStill } from './api';
import { NewestOnly } from './newestOnly';
import { isInside } from './playlistWindow';
import { US_PER_HOUR, US_PER_MINUTE } from './zoneTime';

const HALF_US = US_PER_HOUR / 2 - US_PER_MINUTE;

interface Asked {
  atUs: number;
  isExact: boolean;
}

export class StillFeed {
  /** When the picture on the canvas was filmed; null while there is none. */
  shownUs: number | null = null;
  private askedUs: number | null = null;
  private keySpan: Span | null = null;
  private keyFrames: number[] = [];
  private readonly pictures: NewestOnly<Asked>;
  private readonly keys: NewestOnly<Span>;

  constructor(
    private readonly cameraId: string,
    private readonly canvas: HTMLCanvasElement,
    private readonly onRefused: (error: unknown) => void,
  ) {
    this.pictures = new NewestOnly((asked, signal) => this.show(asked, signal));
    this.keys = new NewestOnly((span, signal) => this.learnKeys(span, signal));
  }

  /** The key frame at or before `us`; asked for once, however often it is wanted. */
  showKeyFrame(us: number): void {
    this.wantKeys(us);
    const atUs = this.keyFrameBefore(us) ?? us;
    if (atUs === this.askedUs) return;
    this.askedUs = atUs;
    this.pictures.ask({ atUs, isExact: false });
  }

  /** The neighbouring key frame of `us`, or null where none is known. */
  neighbour(us: number, by: 1 | -1): number | null {
    this.wantKeys(us);
    if (!this.keySpan || !isInside(this.keySpan, us)) return null;
    const beyond = this.keyFrames.filter((frame) => (by > 0 ? frame > us : frame < us - 1));
    return (by > 0 ? beyond[0] : beyond[beyond.length - 1]) ?? null;
  }

  /** Nothing stays on the canvas. */
  clear(): void {
    this.pictures.cancel();
    this.askedUs = null;
    this.blank();
  }

  /** As `clear`, but what was asked for meanwhile still comes. */
  blank(): void {
    this.shownUs = null;
    this.canvas.width = 0;
  }

  stop(): void {
    this.pictures.stop();
    this.keys.stop();
    this.canvas.width = 0;
  }

  private async show(asked: Asked, signal: AbortSignal): Promise<void> {
    const widthPx = Math.min(1280, Math.max(160, Math.ceil((this.canvas.clientWidth || 320) / 160) * 160));
    try {
      const { picture, atUs } = await readStill(this.cameraId, { ...asked, widthPx }, signal);
      if (!signal.aborted) this.draw(picture, atUs ?? asked.atUs);
      picture.close();
    } catch (error) {
      if (!signal.aborted) this.onRefused(error);
    }
  }

  private draw(picture: ImageBitmap, atUs: number): void {
    if (this.canvas.width !== picture.width || this.canvas.height !== picture.height) {
      this.canvas.width = picture.width;
      this.canvas.height = picture.height;
    }
    this.canvas.getContext('2d')?.drawImage(picture, 0, 0);
    this.shownUs = atUs;
  }

  private keyFrameBefore(us: number): number | null {
    if (!this.keySpan || !isInside(this.keySpan, us)) return null;
    for (let index = this.keyFrames.length - 1; index >= 0; index -= 1) {
      const frame = this.keyFrames[index] as number;
      if (frame <= us) return frame;
    }
    return null;
  }

  private wantKeys(us: number): void {
    if (this.keys.isBusy || (this.keySpan && isInside(this.keySpan, us))) return;
    this.keys.ask({ startUs: us - HALF_US, endUs: us + HALF_US });
  }

  private async learnKeys(span: Span, signal: AbortSignal): Promise<void> {
    this.keyFrames = await readKeyFrames(this.cameraId, span, signal).catch(() => []);
    this.keySpan = span;
  }
}
