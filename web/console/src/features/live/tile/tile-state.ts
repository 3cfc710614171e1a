/** One word, one shape, one colour for what a tile shows. */
import type { Camera } from '@/api/types';
import type { Verdict } from '@/players/frozen';
import type { ShapeName } from '@/theme/shapes';
import { AUTHORITY_CODES } from '@/players/authority-codes';

export type TileState =
  | 'connecting'
  | 'live'
  | 'delayed'
  | 'frozen'
  | 'no_picture'
  | 'mask_failure'
  | 'authority_ended'
  | 'session_ended'
  | 'stopped'
  | 'codec'
  | 'server_full'
  | 'tampered';

export type Standing = { isSessionOver: boolean; isTampered: boolean; isStopped: boolean; now_us: number };

const BY_CODE: Record<string, TileState> = {
  codec_not_playable: 'codec',
  codec_not_supported_by_webrtc: 'codec',
  codec_not_offered: 'codec',
  reordered_pictures: 'codec',
  viewer_limit_reached: 'server_full',
  sign_in_needed: 'session_ended',
  session_ended: 'session_ended',
  ...Object.fromEntries(AUTHORITY_CODES.map((code) => [code, 'authority_ended' as const])),
  not_found: 'authority_ended',
  mask_not_proven: 'mask_failure',
};

/** Whether the live right stands at `now_us`; the browser ends it by itself, without waiting for the server. */
export const mayWatch = (camera: Camera, now_us: number): boolean =>
  camera.live !== null && (camera.live.until_us === null || camera.live.until_us > now_us);

export function tileState(camera: Camera, verdict: Verdict, standing: Standing): TileState {
  if (standing.isSessionOver) return 'session_ended';
  if (standing.isTampered) return 'tampered';
  if (!mayWatch(camera, standing.now_us)) return 'authority_ended';
  if (standing.isStopped) return 'stopped';
  if (verdict.state === 'refused') return BY_CODE[verdict.code] ?? 'no_picture';
  return verdict.state;
}

export const isNotRecording = (camera: Camera): boolean =>
  camera.is_recorded && (camera.state === 'no_storage' || camera.state === 'live_only');

/** The glyph of the top strip; a live picture has none. */
export function shapeOf(state: TileState): ShapeName | null {
  switch (state) {
    case 'live':
    case 'stopped':
      return null;
    case 'connecting':
      return 'connecting';
    case 'frozen':
      return 'paused';
    case 'mask_failure':
    case 'tampered':
      return 'critical';
    case 'server_full':
    case 'codec':
      return 'info';
    default:
      return 'warning';
  }
}

/** Whether the video may be seen at all. */
export const showsPicture = (state: TileState): boolean => state === 'live' || state === 'delayed' || state === 'frozen';
