/** Single pictures of one camera on a canvas: for scrubbing, fast and backward playback. */
import { type Problem, isProblem } from '@/api/problem';
import { type Span, readKeyFrames, readStill } from './api';
import { type Bounds, within } from './bounds';
import { NewestOnly } from './newestOnly';
import { isInside } from './playlistWindow';
import { US_PER_HOUR, US_PER_MINUTE } from '@/time/zoneTime';

const AGAIN_MS = 1_000; // what failed is asked for again, not twenty times a second
const HALF_US = US_PER_HOUR / 2 - US_PER_MINUTE;

interface Asked {
  atUs: number;
  isExact: boolean;
}

export class StillFeed {
  /** When the picture on the canvas was filmed; null while there is none. */
  shownUs: number | null = null;
  /** Why the picture that is wanted cannot be had; null while it may come. */
  problem: Problem | null = null;
  private askedUs: number | null = null;
  private failedAtMs: number | null = null;
  private keysFailedAtMs: number | null = null;
  private keySpan: Span | null = null;
  private keyFrames: number[] = [];
  private readonly pictures: NewestOnly<Asked>;
  private readonly keys: NewestOnly<Span>;

  constructor(
    private readonly cameraId: string,
    private readonly canvas: HTMLCanvasElement,
    private readonly onRefused: (error: unknown) => void,
    private readonly bounds: Bounds = null,
  ) {
    this.pictures = new NewestOnly((asked, signal) => this.show(asked, signal));
    this.keys = new NewestOnly((span, signal) => this.learnKeys(span, signal));
  }

  /** The key frame at or before `us`; asked for once, however often it is wanted, and again a second after it failed. */
  showKeyFrame(us: number): void {
    this.wantKeys(us);
    const atUs = this.keyFrameBefore(us) ?? us;
    if (atUs === this.askedUs && !isAgainDue(this.failedAtMs)) return;
    if (atUs !== this.askedUs) this.problem = null;
    this.askedUs = atUs;
    this.failedAtMs = null;
    this.pictures.ask({ atUs, isExact: false });
  }

  /** Nothing stays on the canvas. */
  clear(): void {
    this.pictures.cancel();
    this.askedUs = this.problem = null;
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
      if (signal.aborted) return;
      if (asked.atUs === this.askedUs) {
        this.failedAtMs = performance.now();
        this.problem = isProblem(error) ? error : null;
      }
      this.onRefused(error);
    }
  }

  private draw(picture: ImageBitmap, atUs: number): void {
    if (this.canvas.width !== picture.width || this.canvas.height !== picture.height) {
      this.canvas.width = picture.width;
      this.canvas.height = picture.height;
    }
    this.canvas.getContext('2d')?.drawImage(picture, 0, 0);
    this.shownUs = atUs;
    this.problem = null;
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
    if (this.keysFailedAtMs !== null && !isAgainDue(this.keysFailedAtMs)) return;
    this.keys.ask(within({ startUs: us - HALF_US, endUs: us + HALF_US }, this.bounds));
  }

  private async learnKeys(span: Span, signal: AbortSignal): Promise<void> {
    try {
      this.keyFrames = await readKeyFrames(this.cameraId, span, signal);
      this.keySpan = span;
      this.keysFailedAtMs = null;
    } catch {
      this.keysFailedAtMs = performance.now(); // without them each moment is asked for as it is
    }
  }
}

const isAgainDue = (failedAtMs: number | null): boolean => failedAtMs !== null && performance.now() - failedAtMs >= AGAIN_MS;
