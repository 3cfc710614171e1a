/** What one tile of a playback shows. */
import type { Gap } from './coverage';

export type TrackView =
  | { kind: 'loading' }
  | { kind: 'video' }
  /** A still over the video: scrubbing, fast and backward playback. */
  | { kind: 'still' }
  | { kind: 'gap'; gap: Gap; beforeUs: number | null; afterUs: number | null }
  /** The recorder has not written it yet. */
  | { kind: 'ahead' }
  /** Footage that the index names but that could not be had. */
  | { kind: 'lost'; afterUs: number }
  /** Footage that no picture can be made of, in the server's words. */
  | { kind: 'unreadable'; detail: string }
  | { kind: 'refused'; code: string; detail: string };

/** Whether two views look alike, so that a tile is drawn anew only when it changes. */
export function isSameView(left: TrackView, right: TrackView): boolean {
  if (left.kind !== right.kind) return false;
  if (left.kind === 'gap' && right.kind === 'gap') {
    return left.gap.cause === right.gap.cause && left.gap.start_us === right.gap.start_us && left.gap.end_us === right.gap.end_us && left.beforeUs === right.beforeUs && left.afterUs === right.afterUs;
  }
  if (left.kind === 'lost' && right.kind === 'lost') return left.afterUs === right.afterUs;
  if (left.kind === 'unreadable' && right.kind === 'unreadable') return left.detail === right.detail;
  return left.kind !== 'refused' || right.kind !== 'refused' || left.code === right.code;
}
