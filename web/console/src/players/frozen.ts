/** Judges whether what a tile shows is now: bytes, frames, content. */
import type { Phase } from './player';

export const CONNECT_LIMIT_MS = 10_000;
export const STAGE_AFTER_MS = 1_500;
export const FROZEN_MS = 3_000;
export const SLATE_MS = 10_000;
const DELAYED_S = 3;

export type Evidence = {
  now_ms: number;
  /** When the wish to see began. */
  since_ms: number;
  phase: Phase;
  last_byte_ms: number | null;
  last_frame_ms: number | null;
  latency_s: number | null;
  /** The server compared pictures and found the same one for a minute. */
  is_content_frozen: boolean;
};

export type Verdict =
  | { state: 'connecting'; stage: 'none' | 'asking' | 'negotiating' | 'first_frame' }
  | { state: 'live' }
  | { state: 'delayed'; latency_s: number }
  /** `layer` names the proof: nothing comes, nothing is shown, or the same is shown. */
  | { state: 'frozen'; layer: 'bytes' | 'frames' | 'content' }
  | { state: 'no_picture'; code: string }
  | { state: 'refused'; code: string };

export function judge(evidence: Evidence): Verdict {
  const { phase, now_ms, last_frame_ms } = evidence;
  if (phase.at === 'refused') return { state: 'refused', code: phase.code };
  if (last_frame_ms === null) return beforeFirstFrame(evidence);
  const age_ms = now_ms - last_frame_ms;
  if (age_ms >= SLATE_MS || (phase.at === 'waiting' && age_ms >= FROZEN_MS)) {
    return { state: 'no_picture', code: phase.at === 'waiting' || phase.at === 'lost' ? phase.code : 'no_frames' };
  }
  if (age_ms >= FROZEN_MS) return { state: 'frozen', layer: silentLayer(evidence) };
  if (evidence.is_content_frozen) return { state: 'frozen', layer: 'content' };
  if (evidence.latency_s !== null && evidence.latency_s > DELAYED_S) {
    return { state: 'delayed', latency_s: evidence.latency_s };
  }
  return { state: 'live' };
}

function beforeFirstFrame({ phase, now_ms, since_ms }: Evidence): Verdict {
  const waited_ms = now_ms - since_ms;
  if (phase.at === 'waiting' && waited_ms >= STAGE_AFTER_MS) return { state: 'no_picture', code: phase.code };
  if (waited_ms >= CONNECT_LIMIT_MS) {
    return { state: 'no_picture', code: phase.at === 'lost' || phase.at === 'waiting' ? phase.code : 'no_frames' };
  }
  const stage = phase.at === 'connecting' && waited_ms >= STAGE_AFTER_MS ? phase.stage : 'none';
  return { state: 'connecting', stage };
}

const silentLayer = ({ now_ms, last_byte_ms }: Evidence): 'bytes' | 'frames' =>
  last_byte_ms === null || now_ms - last_byte_ms >= FROZEN_MS ? 'bytes' : 'frames';
