/** Notices a machine that cannot decode what it is sent. */
const WINDOW_MS = 10_000;
const SHARE = 0.1;
const FEW_FRAMES = 50;

type Quality = { totalVideoFrames: number; droppedVideoFrames: number };

export class DropWatch {
  private from: (Quality & { at_ms: number }) | null = null;

  /** True once more than a tenth of the frames of ten seconds were dropped. */
  isTooMany({ totalVideoFrames, droppedVideoFrames }: Quality, at_ms: number): boolean {
    if (!this.from || totalVideoFrames < this.from.totalVideoFrames) {
      this.from = { totalVideoFrames, droppedVideoFrames, at_ms };
      return false;
    }
    if (at_ms - this.from.at_ms < WINDOW_MS) return false;
    const frames = totalVideoFrames - this.from.totalVideoFrames;
    const dropped = droppedVideoFrames - this.from.droppedVideoFrames;
    this.from = { totalVideoFrames, droppedVideoFrames, at_ms };
    return frames >= FEW_FRAMES && dropped / frames > SHARE;
  }
}
