/** Notices a line that is too narrow for what is sent through it. */
import type { Sight } from '@/players/live-session';

const LONG_FRAME_MS = 500;
const FRAMES_LATE = 3;
const FRESH_BYTES_MS = 2_000;
const LATE_S = 3;
const ENOUGH_MS = 2_000;
/** A bad second is made good by four that were not. */
const FORGIVEN = 0.25;

type Seen = Pick<Sight, 'last_frame_ms' | 'last_byte_ms' | 'latency_s'>;

export class StutterWatch {
  private bad_ms = 0;
  private before_ms: number | null = null;

  /**
   * True once the picture stood or came late for two seconds more than it went well, although data came in.
   *
   * `frames_per_s` is the camera's own pace: one that sends a picture a second does not stutter.
   */
  isTooMuch({ last_frame_ms, last_byte_ms, latency_s }: Seen, frames_per_s: number | null, now_ms: number): boolean {
    const passed_ms = now_ms - (this.before_ms ?? now_ms);
    this.before_ms = now_ms;
    if (last_frame_ms === null || last_byte_ms === null || now_ms - last_byte_ms > FRESH_BYTES_MS) return false;
    const limit_ms = Math.max(LONG_FRAME_MS, frames_per_s ? (FRAMES_LATE * 1000) / frames_per_s : 0);
    const isBad = now_ms - last_frame_ms > limit_ms || (latency_s ?? 0) > LATE_S;
    this.bad_ms = isBad ? this.bad_ms + passed_ms : Math.max(0, this.bad_ms - passed_ms * FORGIVEN);
    return this.bad_ms >= ENOUGH_MS;
  }
}
