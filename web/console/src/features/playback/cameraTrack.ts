/** One camera of a playback: it follows the master clock with video, stills, or a slate that says why not. */
import { isProblem } from '@/api/problem';
import { createStore } from '@/state/store';
import { serverClock } from '@/time/server-clock';
import { type Span, playlistUrl } from './api';
import { askTimeline } from './askTimeline';
import { type Bounds, within } from './bounds';
import { type CameraTimeline, findAt, isGapAt, mayChange, spanBeyondGap } from './coverage';
import { correctionOf } from './follow';
import { type Failure, HlsPlayer } from './hlsPlayer';
import { NewestOnly } from './newestOnly';
import { withLost } from './lostSpans';
import { coverageSpan, isInside, playlistWindow } from './playlistWindow';
import { isRefusal, isUnreadable } from './right';
import { StillFeed } from './stillFeed';
import { type TrackView, isSameView } from './trackView';

export interface Beat {
  us: number;
  /** Speed, negative backwards. */
  rate: number;
  isRunning: boolean;
  /** Stills instead of video: scrubbing, fast, backward. */
  isStill: boolean;
}

const COVERAGE_FRESH_MS = 3_000;
const PREPARE_US = 10_000_000; // a camera that comes back soon is made ready inside its gap
const PAUSED_STEP_US = 15_000; // below a picture's length: a paused video is where it should be
const LEAD_MS = 120; // what a seek takes: the clock is that much further when the picture is there
const NEAR_US = 200_000;
const RETRY_MS = 2_000;
const LATER_PICTURE_MS = 250; // between two tries to get the picture that was asked for instead of a later one
const OLD_PICTURE_MS = 350; // longer than that the picture from before a jump is not left standing

export class CameraTrack {
  readonly view = createStore<TrackView>({ kind: 'loading' });
  readonly coverage = createStore<CameraTimeline | null>(null);
  private readonly player: HlsPlayer;
  private readonly stills: StillFeed;
  private readonly askCoverage: NewestOnly<Span>;
  private asked: Span | null = null;
  private coverageAtMs = 0;
  private coverageFor = 0;
  private lost: Span[] = [];
  private isPlayable = true;
  private frameUs: number | null = null;
  private frameHandle: number;
  private placedUs: number | null = null;
  private retryAtMs = 0;
  private placedAtMs = 0;

  constructor(
    readonly cameraId: string,
    private readonly video: HTMLVideoElement,
    canvas: HTMLCanvasElement,
    /** What the time line shows of it: somebody who jumps into a gap has seen it there. */
    private readonly drawn: () => CameraTimeline | null = () => null,
    private readonly bounds: Bounds = null,
  ) {
    this.player = new HlsPlayer(video, (window) => playlistUrl(cameraId, window), (failure) => this.failed(failure));
    this.stills = new StillFeed(cameraId, canvas, (error) => this.refusedBy(error), bounds);
    this.askCoverage = new NewestOnly((span, signal) => this.learnCoverage(span, signal));
    this.isPlayable = HlsPlayer.isSupported;
    const onFrame = (_: number, { mediaTime }: { mediaTime: number }) => {
      this.frameUs = this.player.wallOf(mediaTime);
      this.frameHandle = video.requestVideoFrameCallback(onFrame);
    };
    this.frameHandle = video.requestVideoFrameCallback(onFrame);
  }

  /** When the picture that is seen was filmed; null while none is. */
  get pictureUs(): number | null {
    const { kind } = this.view.get();
    return kind === 'still' || kind === 'loading' ? this.stills.shownUs : kind === 'video' ? (this.frameUs ?? this.player.pictureUs) : null;
  }

  /** Whether it has footage to show at the clock's time but no picture yet. */
  get isGathering(): boolean {
    const { kind } = this.view.get();
    return kind === 'loading' || (kind === 'video' && !this.player.isReady);
  }

  get isGrowing(): boolean {
    return this.player.isGrowing;
  }

  /** The last moment that can be shown, while the list grows. */
  get untilUs(): number | null {
    return this.player.isGrowing ? this.player.untilUs : null;
  }

  /** Follow the clock: called about twenty times a second. */
  follow(beat: Beat): void {
    if (this.view.get().kind === 'refused') return;
    this.keepCoverage(beat.us);
    const timeline = this.coverage.get();
    const found = timeline && findAt(timeline, beat.us);
    if (!found || found.kind === 'unasked') return this.awaitCoverage(beat);
    const lost = this.lost.find((span) => isInside(span, beat.us));
    if (lost) return this.rest({ kind: 'lost', afterUs: lost.endUs });
    if (found.kind === 'gap') {
      this.prepare(found.afterUs, beat);
      return this.rest({ kind: 'gap', gap: found.gap, beforeUs: found.beforeUs, afterUs: found.afterUs });
    }
    const isListed = this.player.has(beat.us);
    if (found.kind === 'ahead' && !isListed) return this.rest({ kind: 'ahead' });
    if (beat.isStill || !this.isPlayable) return this.followByStills(beat.us);
    this.followByVideo(beat);
  }

  /** No picture stays, nothing is loaded any more. */
  refuse(code: string, detail = ''): void {
    this.player.unload();
    this.stills.clear();
    this.show({ kind: 'refused', code, detail });
  }

  close(): void {
    this.video.cancelVideoFrameCallback(this.frameHandle);
    this.askCoverage.stop();
    this.stills.stop();
    this.player.unload();
  }

  private show(view: TrackView): void {
    if (!isSameView(this.view.get(), view)) this.view.set(view);
  }

  /**
   * The list is asked for beside the coverage: one after the other would cost a jump the time of both. Not for a gap that is
   * drawn: there is no list, and browsers write each refusal down as an error.
   */
  private awaitCoverage({ us, isStill }: Beat): void {
    if (!isStill && this.isPlayable && performance.now() >= this.retryAtMs && !isGapAt(this.drawn(), us)) this.load(us);
    this.player.pause();
    this.show({ kind: 'loading' });
  }

  /** Have the list around `us`, with a still until its video is there. */
  private load(us: number): void {
    if (this.player.loadedWindow && isInside(this.player.loadedWindow, us)) return;
    this.player.load(this.windowAt(us), us);
    this.placedUs = us;
    this.stills.showKeyFrame(us);
  }

  private windowAt(us: number): Span {
    return within(playlistWindow(us, serverClock.now_us()), this.bounds);
  }

  private rest(view: TrackView): void {
    this.player.pause();
    this.stills.clear();
    this.frameUs = this.placedUs = null;
    this.show(view);
  }

  private followByStills(us: number): void {
    this.player.pause();
    this.stills.showKeyFrame(us);
    this.placedUs = null;
    const unreadable = this.unreadable();
    this.show(unreadable ?? (this.stills.shownUs === null ? { kind: 'loading' } : { kind: 'still' }));
  }

  private followByVideo(beat: Beat): void {
    const { player } = this;
    const isListed = player.loadedWindow !== null && isInside(player.loadedWindow, beat.us);
    if (!isListed && performance.now() < this.retryAtMs) return this.followByStills(beat.us);
    this.load(beat.us);
    if (!player.has(beat.us)) return this.showUntilReady();
    if (this.placedUs === null && !this.isNear(beat)) this.place(beat.us);
    else this.correct(beat);
    this.showUntilReady();
  }

  /** A still stands in while the video gathers; it goes when the video has its picture. */
  private showUntilReady(): void {
    if (this.player.isReady) {
      this.stills.clear();
      return this.show({ kind: 'video' });
    }
    const isJump = performance.now() - this.placedAtMs > OLD_PICTURE_MS && this.video.seeking;
    if (this.view.get().kind === 'video' && !isJump) return; // a short wait keeps the picture it has
    this.show(this.unreadable() ?? { kind: 'loading' });
  }

  /** What is said instead of waiting for a picture that cannot come; null while it may. */
  private unreadable(): TrackView | null {
    const { problem } = this.stills;
    return problem && isUnreadable(problem) ? { kind: 'unreadable', detail: problem.detail } : null;
  }

  private isNear(beat: Beat): boolean {
    const pictureUs = this.player.pictureUs;
    return pictureUs !== null && Math.abs(pictureUs - beat.us) < (beat.isRunning ? NEAR_US : PAUSED_STEP_US);
  }

  private place(us: number): void {
    this.placedUs = us;
    this.placedAtMs = performance.now();
    this.player.seek(us);
  }

  private correct(beat: Beat): void {
    const { player } = this;
    const pictureUs = player.pictureUs;
    if (this.video.seeking || pictureUs === null) return;
    const driftUs = pictureUs - beat.us;
    if (!beat.isRunning) {
      player.pause();
      if (Math.abs(driftUs) > PAUSED_STEP_US ? this.placedUs !== beat.us : this.isLaterShown(beat.us)) this.place(beat.us);
      return;
    }
    const correction = correctionOf(driftUs, beat.rate);
    if (correction.kind === 'seek') return this.place(beat.us + LEAD_MS * 1000 * beat.rate);
    player.run(correction.rate);
  }

  /** A seek into a hole shows the first picture behind it; Chromium leaves that standing when the hole is filled. */
  private isLaterShown(us: number): boolean {
    const isLater = this.frameUs !== null && this.frameUs > us + PAUSED_STEP_US;
    return isLater && this.player.isReady && performance.now() - this.placedAtMs > LATER_PICTURE_MS;
  }

  private prepare(afterUs: number | null, { us, rate, isStill }: Beat): void {
    if (afterUs === null || isStill || rate < 0 || afterUs - us > PREPARE_US * rate || this.video.seeking) return;
    if (!this.player.loadedWindow || !isInside(this.player.loadedWindow, afterUs)) return;
    const pictureUs = this.player.pictureUs;
    if (pictureUs === null || Math.abs(pictureUs - afterUs) > PAUSED_STEP_US) this.player.seek(afterUs);
  }

  private keepCoverage(us: number): void {
    const known = this.coverage.get();
    const window = this.player.loadedWindow ?? this.windowAt(us);
    const isKnown = known !== null && isInside({ startUs: known.start_us, endUs: known.end_us }, us);
    const isOld = performance.now() - this.coverageAtMs > COVERAGE_FRESH_MS;
    const isJustAsked = this.asked !== null && isInside(this.asked, us) && !isOld;
    if (this.askCoverage.isBusy || (isKnown ? !(mayChange(known) && isOld) : isJustAsked)) return;
    this.asked = within(coverageSpan(isInside(window, us) ? window : this.windowAt(us)), this.bounds);
    this.coverageFor = us;
    this.askCoverage.ask(this.asked);
  }

  private async learnCoverage(span: Span, signal: AbortSignal): Promise<void> {
    try {
      const answer = await askTimeline(this.cameraId, span, signal);
      const beyond = this.bounds === null ? spanBeyondGap(answer, this.coverageFor) : null; // all that may be known is
      this.coverage.set(beyond ? await askTimeline(this.cameraId, beyond, signal) : answer);
    } catch (error) {
      if (!signal.aborted) this.refusedBy(error);
    }
    this.coverageAtMs = performance.now();
  }

  private refusedBy(error: unknown): void {
    if (isProblem(error) && isRefusal(error)) this.refuse(error.code, error.detail);
  }

  private failed(failure: Failure): void {
    if (failure.kind === 'codec') {
      this.isPlayable = false;
      return this.player.unload();
    }
    if (failure.kind === 'lost') {
      this.lost = withLost(this.lost, failure.span);
      this.coverageAtMs = 0;
      return failure.isStopped ? this.player.resumeAt(failure.span.endUs + 1_000) : undefined;
    }
    if (failure.status === 401 || failure.status === 403) return this.refuse('no_grant');
    this.player.unload();
    this.retryAtMs = performance.now() + RETRY_MS;
    this.placedUs = null;
  }
}
