/** Keeps one camera's live picture in one video element: which transport, when to try again, what was last seen. */
import { Backoff } from './backoff';
import { canMse, canWhep } from './capability';
import { watchFrames, type Frame } from './frame-watch';
import { AUTHORITY_CODES } from './authority-codes';
import { MsePlayer } from './mse';
import type { Phase, Player, Report, Source, Transport } from './player';
import { WhepPlayer } from './whep';

const FIRST_FRAME_MS = 3_000;
const REFUSED_RETRY_MS = 30_000;
/** `knows` tells of the main stream's codec; only a sub-stream that changed alone waits for so long. */
const CODEC_RETRY_MS = 300_000;
/** Refusals of the person, which no other transport changes. */
const PERSONAL = new Set<string>(['sign_in_needed', 'session_ended', ...AUTHORITY_CODES, 'not_found']);

export type Wish = Source & { codec: string | null; prefer: Transport };

export type Sight = {
  phase: Phase;
  last_byte_ms: number | null;
  last_frame_ms: number | null;
  /** Unix microseconds of the last frame by the server's clock, where known. */
  last_frame_us: number | null;
  latency_s: number | null;
  transport: Transport | null;
};

export class LiveSession {
  /** What is known now; read it, do not keep it. */
  readonly sight: Sight = {
    phase: { at: 'connecting', stage: 'asking' },
    last_byte_ms: null,
    last_frame_ms: null,
    last_frame_us: null,
    latency_s: null,
    transport: null,
  };
  private transports: Transport[] = [];
  private codec: string | null;
  private readonly backoff = new Backoff();
  private readonly unwatch: () => void;
  private player: Player | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  private playing_since_ms: number | null = null;
  private isClosed = false;

  /** `onFrame` hears each frame shown, `onChange` each new phase. */
  constructor(
    private readonly wish: Wish,
    private readonly onFrame: (sight: Sight) => void,
    private readonly onChange: () => void,
  ) {
    this.codec = wish.codec;
    this.unwatch = watchFrames(wish.video, (frame) => this.saw(frame));
    this.begin();
  }

  /** What the camera sends now, by the server's word: another codec than the one refused may be played. */
  knows(codec: string | null): void {
    if (codec === this.codec) return;
    this.codec = codec;
    const { phase } = this.sight;
    if (phase.at === 'refused' && phase.code.includes('codec')) this.again(0, () => this.begin());
  }

  close(): void {
    this.isClosed = true;
    this.unwatch();
    this.stop();
  }

  /** Try all transports that this browser has for the codec, the preferred one first. */
  private begin(): void {
    this.transports = transportsFor(this.wish.prefer, this.codec);
    this.start();
  }

  private start(): void {
    const [transport] = this.transports;
    if (!transport) return this.enter({ at: 'refused', code: 'codec_not_playable' });
    this.sight.transport = transport;
    this.sight.latency_s = null;
    let isCurrent = true;
    const report: Report = {
      phase: (phase) => isCurrent && this.heard(phase),
      bytes: () => {
        if (isCurrent) this.sight.last_byte_ms = performance.now();
      },
      latency: (latency_s) => {
        if (isCurrent) this.sight.latency_s = latency_s;
      },
    };
    const player = transport === 'whep' ? new WhepPlayer(this.wish, report) : new MsePlayer(this.wish, report);
    this.player = {
      transport,
      frame_us: (frame) => player.frame_us(frame),
      close: () => {
        isCurrent = false;
        player.close();
      },
    };
    // Only WebRTC needs patience: its packets may be swallowed on the way without a word.
    if (transport === 'whep') this.patience = setTimeout(() => this.fallBack('no_frames'), FIRST_FRAME_MS);
  }

  private saw(frame: Frame): void {
    clearTimeout(this.patience);
    const { sight } = this;
    sight.last_frame_ms = frame.at_ms;
    sight.last_frame_us = this.player?.frame_us(frame) ?? null;
    this.playing_since_ms ??= frame.at_ms;
    if (sight.phase.at !== 'playing') this.enter({ at: 'playing' });
    this.onFrame(sight);
  }

  private heard(phase: Phase): void {
    if (phase.at === 'refused') return this.refused(phase.code);
    if (phase.at === 'lost') return this.lost(phase);
    if (phase.at === 'waiting') clearTimeout(this.patience);
    // What was refused is asked for again unseen: the reason stands until there is another word.
    if (phase.at === 'connecting' && this.sight.phase.at === 'refused') return;
    this.enter(phase);
  }

  private refused(code: string): void {
    if (!PERSONAL.has(code) && this.transports.length > 1) return this.fallBack();
    this.stop();
    this.enter({ at: 'refused', code });
    const wait_ms = code.includes('codec') ? CODEC_RETRY_MS : REFUSED_RETRY_MS;
    this.again(wait_ms * (0.5 + Math.random()), () => this.begin());
  }

  private lost(phase: Phase): void {
    const hadPicture = this.playing_since_ms !== null;
    if (!hadPicture && this.transports[0] === 'whep') return this.fallBack('connection_failed');
    if (hadPicture) this.backoff.settle(performance.now() - (this.playing_since_ms ?? 0));
    this.stop();
    this.enter(phase);
    this.again(this.backoff.next_ms());
  }

  /** The other transport from now on; this one has shown that it does not work here. */
  private fallBack(code = 'connection_failed'): void {
    this.stop();
    this.transports.shift();
    if (this.transports.length > 0) return this.start();
    this.transports.push(this.wish.prefer);
    this.enter({ at: 'lost', code });
    this.again(this.backoff.next_ms());
  }

  private again(wait_ms: number, how = () => this.start()): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => !this.isClosed && how(), wait_ms);
  }

  private enter(phase: Phase): void {
    this.sight.phase = phase;
    this.onChange();
  }

  private stop(): void {
    clearTimeout(this.retry);
    clearTimeout(this.patience);
    this.playing_since_ms = null;
    this.player?.close();
    this.player = null;
  }
}

function transportsFor(prefer: Transport, codec: string | null): Transport[] {
  const able: Transport[] = [...(canWhep(codec) ? (['whep'] as const) : []), ...(canMse() ? (['mse'] as const) : [])];
  return able.sort((a, b) => Number(b === prefer) - Number(a === prefer));
}
