/** One camera's footage in a `<video>`: HLS over the archive's own files, spoken to in wall time. */
import Hls, { type ErrorData, type HlsConfig, type LevelDetails } from 'hls.js/light';
import type { Span } from './api';
import { type PlacedFragment, mappedUntilUs, mediaToWall, wallToMedia } from './mediaMap';

export type Failure =
  /** A stretch cannot be had: deleted meanwhile, damaged, or its volume went away. `isStopped`: nothing is loaded any more. */
  | { kind: 'lost'; span: Span; isStopped: boolean }
  /** The list itself is refused; `status` as HTTP says it, 0 when nothing answered. */
  | { kind: 'refused'; status: number }
  /** This browser cannot show the codec. */
  | { kind: 'codec' };

const FEW_RETRIES = {
  maxTimeToFirstByteMs: 4_000,
  maxLoadTimeMs: 15_000,
  timeoutRetry: { maxNumRetry: 1, retryDelayMs: 0, maxRetryDelayMs: 0 },
  errorRetry: { maxNumRetry: 1, retryDelayMs: 300, maxRetryDelayMs: 1_000 },
};

const SETTINGS: Partial<HlsConfig> = {
  autoStartLoad: false,
  enableWorker: false, // the content policy has no blob: workers; whole fMP4 needs no rewriting worth one
  backBufferLength: 30,
  maxBufferLength: 30,
  maxMaxBufferLength: 60,
  maxBufferHole: 0.1,
  nudgeMaxRetry: 3,
  fragLoadPolicy: { default: FEW_RETRIES }, // a deleted minute should fail fast
  liveSyncDurationCount: 1,
  liveDurationInfinity: false,
};

const CODEC_ERRORS = new Set(['manifestIncompatibleCodecsError', 'bufferAddCodecError', 'bufferIncompatibleCodecsError']);
const RETRY_REQUEST = 5; // NetworkErrorAction of hls.js, which has it for types only
const PART_ERRORS = new Set(['fragLoadError', 'fragLoadTimeOut', 'fragParsingError']);
const ROUNDING_S = 0.002; // rounding must not show the picture before the one that was asked for

export class HlsPlayer {
  private hls: Hls | null = null;
  private details: LevelDetails | null = null;
  private window: Span | null = null;
  private hasRecovered = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly urlOf: (window: Span) => string,
    private readonly onFailure: (failure: Failure) => void,
  ) {
    video.muted = true;
    video.disableRemotePlayback = true;
    video.disablePictureInPicture = true;
  }

  static get isSupported(): boolean {
    return Hls.isSupported();
  }

  get loadedWindow(): Span | null {
    return this.window;
  }

  /** The end of what the list tells, in wall time; it moves while the list grows. */
  get untilUs(): number | null {
    return mappedUntilUs(this.fragments);
  }

  /** Whether the list still grows. */
  get isGrowing(): boolean {
    return this.details?.live ?? false;
  }

  /** Wall time of what the video shows now. */
  get pictureUs(): number | null {
    return mediaToWall(this.fragments, this.video.currentTime);
  }

  /** Whether a picture is there and the next ones too. */
  get isReady(): boolean {
    return this.details !== null && !this.video.seeking && this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  }

  wallOf(mediaS: number): number | null {
    return mediaToWall(this.fragments, mediaS);
  }

  /** Whether the list has a picture of that moment. */
  has(us: number): boolean {
    return wallToMedia(this.fragments, us) !== null;
  }

  /** Ask for the list of `window` and begin at `atUs`. */
  load(window: Span, atUs: number): void {
    this.unload();
    this.window = window;
    this.hasRecovered = false;
    const hls = new Hls(SETTINGS);
    this.hls = hls;
    let hasStarted = false;
    hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => {
      this.details = details;
      if (hasStarted) return;
      hasStarted = true;
      const startS = wallToMedia(details.fragments, atUs) ?? details.fragments[0]?.start ?? 0;
      hls.startLoad(startS, false);
    });
    hls.on(Hls.Events.LEVEL_UPDATED, (_, { details }) => (this.details = details));
    hls.on(Hls.Events.ERROR, (_, data) => this.failed(data));
    hls.attachMedia(this.video);
    hls.loadSource(this.urlOf(window));
  }

  /** Show the picture of `us`. False when the list has none. */
  seek(us: number): boolean {
    const mediaS = wallToMedia(this.fragments, us);
    if (mediaS === null) return false;
    this.video.currentTime = mediaS + ROUNDING_S;
    return true;
  }

  run(rate: number): void {
    if (Math.abs(this.video.playbackRate - rate) > 0.001) this.video.playbackRate = rate;
    // Refused only when the page is being left or the video is replaced: the next tick asks again.
    if (this.video.paused) void this.video.play().catch(() => undefined);
  }

  pause(): void {
    if (!this.video.paused) this.video.pause();
  }

  /** Go on loading at `us` after a stretch that could not be had. */
  resumeAt(us: number): void {
    const mediaS = wallToMedia(this.fragments, us);
    if (mediaS === null || !this.hls) return;
    this.video.currentTime = mediaS + ROUNDING_S;
    this.hls.startLoad(mediaS, true);
  }

  /** Take the pictures away, wherever they are. */
  unload(): void {
    this.hls?.destroy();
    this.hls = null;
    this.details = null;
    this.window = null;
    this.video.removeAttribute('src');
    this.video.load();
  }

  private get fragments(): readonly PlacedFragment[] {
    return this.details?.fragments ?? [];
  }

  private failed(data: ErrorData): void {
    if (CODEC_ERRORS.has(data.details)) return this.onFailure({ kind: 'codec' });
    // With one quality to choose from hls.js gives a part up without calling that fatal, then goes on behind it.
    const isGivenUp = PART_ERRORS.has(data.details) && Number(data.errorAction?.action) !== RETRY_REQUEST;
    if (!data.fatal && !isGivenUp) return;
    if (data.frag) return this.lost(data.frag, data.fatal);
    const isMedia = data.type === Hls.ErrorTypes.MEDIA_ERROR;
    if (isMedia && this.hls && !this.hasRecovered) {
      this.hasRecovered = true;
      return this.hls.recoverMediaError();
    }
    if (isMedia) return this.lostHere();
    this.onFailure({ kind: 'refused', status: data.response?.code ?? 0 });
  }

  private lost(fragment: PlacedFragment, isStopped: boolean): void {
    if (fragment.programDateTime === null) return;
    const startUs = fragment.programDateTime * 1000;
    this.onFailure({ kind: 'lost', span: { startUs, endUs: startUs + fragment.duration * 1_000_000 }, isStopped });
  }

  /** The decoder gave up on what it got: leave out the fragment that it was showing. */
  private lostHere(): void {
    const atS = this.video.currentTime;
    const fragment = this.fragments.find((one) => atS < one.start + one.duration);
    if (fragment) this.lost(fragment, true);
  }
}
