/** A playback of up to nine cameras: one master clock, tracks that follow it, what a person may do to them. */
import { createStore } from '@/state/store';
import { serverClock } from '@/time/server-clock';
import { type Bounds, held } from './bounds';
import { CameraTrack } from './cameraTrack';
import type { CameraTimeline } from './coverage';
import { MasterClock } from './masterClock';
import { BACK_SPEEDS, SPEEDS } from './search';

export interface DeskState {
  isPlaying: boolean;
  rate: number;
  /** Cameras gather pictures: the clock waits. */
  isGathering: boolean;
  /** Stills instead of video: fast, backward, scrubbing. */
  isStill: boolean;
  /** At the running edge of now. */
  isAtEdge: boolean;
}

const BEAT_MS = 50;
const GATHER_MS = 2_500; // a camera that is slower joins when it can
const STALL_MS = 400;
const VIDEO_RATE = 4; // faster is shown by key frames
export const EDGE_BEHIND_US = 4_000_000; // what a recorder has written is that far behind now
const NOT_LATER_US = 100_000;
const AT_EDGE_US = 8_000_000;
const GATHERING = 'gathering';

export class Desk {
  readonly state = createStore<DeskState>({ isPlaying: false, rate: 1, isGathering: false, isStill: false, isAtEdge: false });
  /** Wall time of the clock, told ten times a second. */
  readonly time;
  /** Told as often, moved or not: the picture of a paused camera changes after the clock. */
  readonly pulse = createStore(0);
  readonly tracks = new Map<string, CameraTrack>();
  private drawn: ReadonlyMap<string, CameraTimeline> = new Map();
  private readonly clock: MasterClock;
  private timer: ReturnType<typeof setInterval> | undefined;
  private scrubUs: number | null = null;
  private gatherFromMs: number | null = 0;
  private stalledFromMs: number | null = null;
  private beats = 0;

  constructor(
    startUs: number,
    rate = 1,
    private readonly bounds: Bounds = null,
  ) {
    this.clock = new MasterClock(() => performance.now(), held(startUs, bounds));
    this.clock.setRate(rate);
    this.time = createStore(startUs);
  }

  open(): void {
    this.gather();
    this.timer = setInterval(() => this.beat(), BEAT_MS);
  }

  close(): void {
    clearInterval(this.timer);
    for (const id of [...this.tracks.keys()]) this.detach(id);
  }

  attach(cameraId: string, video: HTMLVideoElement, canvas: HTMLCanvasElement): CameraTrack {
    this.detach(cameraId);
    const track = new CameraTrack(cameraId, video, canvas, () => this.drawn.get(cameraId) ?? null, this.bounds);
    this.tracks.set(cameraId, track);
    this.gather();
    return track;
  }

  detach(cameraId: string): void {
    this.tracks.get(cameraId)?.close();
    this.tracks.delete(cameraId);
  }

  /** Told what the time line shows now, by camera. */
  show(drawn: ReadonlyMap<string, CameraTimeline>): void {
    this.drawn = drawn;
  }

  get atUs(): number {
    return held(this.scrubUs ?? this.clock.atUs(), this.bounds);
  }

  play(): void {
    this.clock.play();
    this.gather();
    this.tell();
  }

  pause(): void {
    this.clock.pause();
    const shownUs = this.firstPictureUs();
    if (shownUs !== null && !this.isStill) this.clock.seek(shownUs); // stop at the picture that is seen
    this.tell();
  }

  toggle(): void {
    if (this.clock.isPlaying) this.pause();
    else this.play();
  }

  seek(us: number): void {
    this.scrubUs = null;
    this.clock.seek(held(Math.min(us, serverClock.now_us()), this.bounds));
    this.gather();
    this.beat(); // a jump does not wait for the next one
    this.tell();
  }

  /** While the pointer drags: stills follow it, the video moves on release. */
  scrub(us: number): void {
    this.scrubUs = held(Math.min(us, serverClock.now_us()), this.bounds);
    this.clock.hold('scrub');
    this.tell();
  }

  endScrub(isKept: boolean): void {
    const us = this.scrubUs;
    this.scrubUs = null;
    this.clock.release('scrub');
    if (us !== null && isKept) this.seek(us);
    else this.tell();
  }

  setRate(rate: number): void {
    this.clock.setRate(rate);
    this.gather();
    this.tell();
  }

  /** One speed up or down in the direction it runs (`by` 1 faster). */
  stepRate(by: 1 | -1): void {
    const speeds: readonly number[] = this.clock.rate > 0 ? SPEEDS : BACK_SPEEDS;
    const next = speeds[speeds.indexOf(this.clock.rate) + by];
    if (next !== undefined) this.setRate(next);
  }

  /** One picture on (1) or back (-1), by the times of the camera with `frameUs` a picture. */
  stepFrame(by: 1 | -1, cameraId: string, frameUs: number): void {
    const fromUs = this.tracks.get(cameraId)?.pictureUs ?? this.atUs;
    this.clock.pause();
    if (this.clock.rate < 0 || this.clock.rate > VIDEO_RATE) this.clock.setRate(1);
    this.seek(Math.round(fromUs + (by > 0 ? 1.5 : -0.5) * frameUs)); // the middle of the picture that is meant
  }

  /** To the newest pictures, as near to now as the recorder writes. */
  toNow(): void {
    this.clock.setRate(1);
    this.clock.setLimit(null);
    this.seek(serverClock.now_us() - EDGE_BEHIND_US);
    this.play();
  }

  private get isStill(): boolean {
    return this.scrubUs !== null || this.clock.rate < 0 || this.clock.rate > VIDEO_RATE;
  }

  private firstPictureUs(): number | null {
    for (const track of this.tracks.values()) if (track.pictureUs !== null) return track.pictureUs;
    return null;
  }

  private beat(): void {
    const us = this.atUs;
    const beat = { us, rate: this.clock.rate, isRunning: this.clock.isRunning && this.scrubUs === null, isStill: this.isStill };
    for (const track of this.tracks.values()) track.follow(beat);
    this.keepTogether();
    this.keepLimit();
    this.beats += 1;
    if (this.beats % 2 === 0) {
      this.time.set(us);
      this.pulse.set(this.beats);
      this.tell();
    }
  }

  private gather(): void {
    this.gatherFromMs = performance.now();
    this.clock.hold(GATHERING);
  }

  /** The clock waits until all have their pictures, not for ever; later only when all of them stall. */
  private keepTogether(): void {
    const now = performance.now();
    const waiting = [...this.tracks.values()].filter((track) => track.isGathering).length;
    if (this.gatherFromMs !== null) {
      if (waiting > 0 && now - this.gatherFromMs < GATHER_MS) return;
      this.gatherFromMs = null;
      this.clock.release(GATHERING);
    }
    const isStalled = waiting > 0 && waiting === this.tracks.size && !this.isStill;
    if (!isStalled) {
      this.stalledFromMs = null;
      return this.clock.release('stalled');
    }
    this.stalledFromMs ??= now;
    if (now - this.stalledFromMs > STALL_MS) this.clock.hold('stalled');
  }

  private keepLimit(): void {
    const nowUs = serverClock.now_us();
    const untils = [...this.tracks.values()].flatMap((track) => track.untilUs ?? []);
    this.clock.setLimit(held(untils.length > 0 ? Math.max(...untils) - NOT_LATER_US : nowUs, this.bounds));
    if (this.clock.isPlaying && this.clock.rate > 1 && this.clock.isAtLimit) this.clock.setRate(1);
  }

  private tell(): void {
    const next: DeskState = {
      isPlaying: this.clock.isPlaying,
      rate: this.clock.rate,
      isGathering: this.gatherFromMs !== null && this.clock.isPlaying,
      isStill: this.isStill,
      isAtEdge: serverClock.now_us() - this.clock.atUs() < AT_EDGE_US,
    };
    const old = this.state.get();
    const isSame = (Object.keys(next) as (keyof DeskState)[]).every((key) => old[key] === next[key]);
    if (!isSame) this.state.set(next);
  }
}
