/** Live pictures by Media Source Extensions over a WebSocket: cheap for many tiles, takes H.265 where a browser does. */
import { API } from '@/api/client';
import { serverClock } from '@/time/server-clock';
import { mediaSourceClass } from './capability';
import { edgeStep } from './edge';
import type { Frame } from './frame-watch';
import { MseBuffer } from './mse-buffer';
import { blank, play, type Player, type Report, type Source } from './player';

type Message =
  /** Another one after the first begins another time line. */
  | { type: 'format'; mime: string; width: number; height: number; server_time_us?: number }
  | { type: 'skipped' }
  | { type: 'discontinuity'; reason: string }
  | { type: 'waiting'; code: string; detail: string }
  | { type: 'ended'; code: string; detail: string };

const EDGE_MS = 250;
/** After this long without a byte the line is taken for dead: a socket need not notice. */
const SILENT_MS = 20_000;
const SANE_LATENCY_S = 600;

export class MsePlayer implements Player {
  readonly transport = 'mse';
  private readonly media: MediaSource;
  private readonly buffer: MseBuffer;
  private readonly url: string;
  private socket: WebSocket | null = null;
  private edge: ReturnType<typeof setInterval> | undefined;
  private heard_ms = performance.now();
  private isWaiting = false;
  private isClosed = false;

  constructor(
    private readonly source: Source,
    private readonly report: Report,
  ) {
    const Media = mediaSourceClass();
    if (!Media) throw new Error('no media source');
    this.media = new Media();
    this.url = URL.createObjectURL(this.media);
    const { video } = source;
    this.buffer = new MseBuffer(this.media, video, () => this.follow(), () => this.lose('buffer_stuck'));
    this.media.addEventListener('sourceopen', () => this.open(), { once: true });
    video.disableRemotePlayback = true;
    video.src = this.url;
    report.phase({ at: 'connecting', stage: 'asking' });
  }

  /** Media times are Unix seconds: what a frame says is when the camera saw it. */
  frame_us({ media_s }: Frame): number | null {
    return media_s > 1e9 ? media_s * 1e6 : null;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.edge);
    this.socket?.close();
    URL.revokeObjectURL(this.url);
    blank(this.source.video);
  }

  private open(): void {
    if (this.isClosed) return;
    const { camera_id, stream } = this.source;
    const address = new URL(`${API}/live/${camera_id}/mse?stream=${stream}`, window.location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(address);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.say({ at: 'connecting', stage: 'negotiating' });
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.hear(event.data);
    socket.onclose = (event) => this.closed(event.code);
    this.socket = socket;
    this.edge = setInterval(() => this.tick(), EDGE_MS);
  }

  private hear(data: string | ArrayBuffer): void {
    if (this.isClosed) return;
    this.heard_ms = performance.now();
    if (typeof data === 'string') return this.read(JSON.parse(data) as Message);
    if (this.isWaiting) {
      this.isWaiting = false;
      this.say({ at: 'connecting', stage: 'first_frame' });
    }
    this.report.bytes();
    this.buffer.append(data);
  }

  private read(message: Message): void {
    if (message.type === 'format') {
      if (message.server_time_us !== undefined) serverClock.told(message.server_time_us);
      if (!this.buffer.expect(message.mime)) return this.say({ at: 'refused', code: 'codec_not_playable' });
      this.say({ at: 'connecting', stage: 'first_frame' });
    } else if (message.type === 'waiting') {
      this.isWaiting = true;
      this.say({ at: 'waiting', code: message.code });
    } else if (message.type === 'ended') {
      this.say(message.code === 'server_stopping' ? { at: 'lost', code: message.code } : { at: 'refused', code: message.code });
    }
  }

  /** 44xx and 45xx are refusals in HTTP's numbers; all else is a line that broke. */
  private closed(code: number): void {
    if (this.isClosed) return;
    const refusals: Record<number, string> = {
      4401: 'sign_in_needed',
      4403: 'no_grant',
      4404: 'not_found',
      4503: 'viewer_limit_reached',
    };
    const refusal = refusals[code];
    if (refusal) this.say({ at: 'refused', code: refusal });
    else this.lose('connection_lost');
  }

  private tick(): void {
    if (performance.now() - this.heard_ms > SILENT_MS && !this.isWaiting) return this.lose('connection_lost');
    this.follow();
    const at_s = this.source.video.currentTime;
    if (at_s < 1e9) return;
    const latency_s = serverClock.now_us() / 1e6 - at_s;
    this.report.latency(Math.abs(latency_s) < SANE_LATENCY_S ? Math.max(0, latency_s) : null);
  }

  private follow(): void {
    const { video } = this.source;
    const range = this.isClosed ? null : this.buffer.newest;
    if (!range || range.end_s - range.start_s < 0.05) return;
    const step = edgeStep(range, video.currentTime);
    // A seek to where nothing is any more never ends by itself.
    const isOnItsWay = video.seeking && video.currentTime >= range.start_s && video.currentTime <= range.end_s;
    if (step.seek_s !== null && !isOnItsWay) video.currentTime = step.seek_s;
    if (video.playbackRate !== step.rate) video.playbackRate = step.rate;
    if (video.paused) void play(video);
  }

  private say(phase: Parameters<Report['phase']>[0]): void {
    if (!this.isClosed) this.report.phase(phase);
  }

  private lose(code: string): void {
    this.say({ at: 'lost', code });
  }
}
