/** Live pictures by WebRTC-HTTP Egress Protocol (draft-ietf-wish-whep): lowest delay, for the spot. */
import { AUTHORITY_CODES } from './authority-codes';
import { API } from '@/api/client';
import { problemOf } from '@/api/problem';
import { serverClock } from '@/time/server-clock';
import type { Frame } from './frame-watch';
import { unixOfRtp } from './rtp-time';
import { blank, play, type Player, type Report, type Source } from './player';

const GATHER_MS = 800;
const ANSWER_MS = 10_000;
const STATS_MS = 1_000;
const BROKEN_MS = 4_000;
const SANE_LATENCY_S = 60;
/** Looks in a row, a second each, at which nothing had come. */
const ASKED_AFTER = new Set([2, 4, 8, 16, 32]);
/** Ends that another try would only repeat. */
const LASTING = new Set<string>([
  'codec_not_supported_by_webrtc', 'reordered_pictures', ...AUTHORITY_CODES, 'session_ended', 'sign_in_needed',
]);

export class WhepPlayer implements Player {
  readonly transport = 'whep';
  private readonly peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
  private readonly abort = new AbortController();
  private session: string | null = null;
  private stats: ReturnType<typeof setInterval> | undefined;
  private broken: ReturnType<typeof setTimeout> | undefined;
  private bytes = 0;
  private silent_looks = 0;
  private isClosed = false;

  constructor(
    private readonly source: Source,
    private readonly report: Report,
  ) {
    this.peer.addTransceiver('video', { direction: 'recvonly' });
    this.peer.ontrack = (event) => this.attach(event);
    this.peer.onconnectionstatechange = () => this.connection();
    report.phase({ at: 'connecting', stage: 'asking' });
    void this.negotiate().catch(() => this.lose('negotiation_failed'));
  }

  /** RTP timestamps are Unix time × 90,000, of which 32 bits are carried: the turn nearest to now is meant. */
  frame_us({ rtp }: Frame): number | null {
    if (rtp === null) return null;
    const now_us = serverClock.now_us();
    const seen_us = unixOfRtp(rtp, now_us);
    const latency_s = (now_us - seen_us) / 1e6;
    if (Math.abs(latency_s) > SANE_LATENCY_S) return null;
    this.report.latency(Math.max(0, latency_s));
    return seen_us;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.abort.abort();
    clearInterval(this.stats);
    clearTimeout(this.broken);
    blank(this.source.video);
    // Said first, then hung up: the server need not find out by itself.
    void this.leave().finally(() => this.peer.close());
  }

  private async negotiate(): Promise<void> {
    await this.peer.setLocalDescription(await this.peer.createOffer());
    await this.gathered();
    if (this.isClosed) return;
    const { camera_id, stream } = this.source;
    const answer = await fetch(`${API}/live/${camera_id}/whep?stream=${stream}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/sdp', Accept: 'application/sdp' },
      body: this.peer.localDescription?.sdp ?? '',
      signal: AbortSignal.any([this.abort.signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    if (!answer.ok) {
      const problem = await problemOf(answer);
      return this.refuse(problem.code);
    }
    this.session = answer.headers.get('Location');
    const sdp = await answer.text();
    if (this.isClosed) return this.leave();
    this.report.phase({ at: 'connecting', stage: 'negotiating' });
    await this.peer.setRemoteDescription({ type: 'answer', sdp });
    this.stats = setInterval(() => void this.readStats(), STATS_MS);
  }

  /** Resolves when all own addresses are known, or soon: the server finds us by our first packet anyhow. */
  private gathered(): Promise<void> {
    if (this.peer.iceGatheringState === 'complete') return Promise.resolve();
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, GATHER_MS);
      this.peer.addEventListener('icegatheringstatechange', () => {
        if (this.peer.iceGatheringState !== 'complete') return;
        clearTimeout(limit);
        resolve();
      });
    });
  }

  private attach(event: RTCTrackEvent): void {
    if (this.isClosed) return;
    this.source.video.srcObject = event.streams[0] ?? new MediaStream([event.track]);
    this.report.phase({ at: 'connecting', stage: 'first_frame' });
    void play(this.source.video);
  }

  private connection(): void {
    const state = this.peer.connectionState;
    if (state === 'failed' || state === 'closed') this.lose('connection_failed');
    clearTimeout(this.broken);
    if (state === 'disconnected') this.broken = setTimeout(() => this.lose('connection_lost'), BROKEN_MS);
  }

  private async readStats(): Promise<void> {
    let bytes = this.bytes;
    for (const entry of (await this.peer.getStats()).values() as Iterable<Record<string, unknown>>) {
      if (entry['type'] === 'inbound-rtp' && entry['kind'] === 'video') bytes = Number(entry['bytesReceived'] ?? 0);
    }
    if (this.isClosed) return;
    this.silent_looks = bytes > this.bytes ? 0 : this.silent_looks + 1;
    this.bytes = bytes;
    if (this.silent_looks === 0) this.report.bytes();
    else if (ASKED_AFTER.has(this.silent_looks)) await this.askWhy();
  }

  /** Nothing comes: the camera's silence, or an end that the server knows the reason of. ICE would need ten seconds to see it. */
  private async askWhy(): Promise<void> {
    if (!this.session) return;
    const answer = await fetch(this.session, { credentials: 'same-origin', signal: this.abort.signal }).catch(() => null);
    if (!answer || answer.ok || this.isClosed) return;
    const { code } = await problemOf(answer);
    this.session = null;
    if (LASTING.has(code)) this.refuse(code);
    else this.lose('connection_lost');
  }

  private refuse(code: string): void {
    if (!this.isClosed) this.report.phase({ at: 'refused', code });
  }

  private lose(code: string): void {
    if (!this.isClosed) this.report.phase({ at: 'lost', code });
  }

  private async leave(): Promise<void> {
    if (!this.session) return;
    // Still sent while the page closes, so that the server need not wait for silence.
    const session = this.session;
    this.session = null;
    await fetch(session, { method: 'DELETE', credentials: 'same-origin', keepalive: true }).catch(() => undefined);
  }
}
