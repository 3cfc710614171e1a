/** Where one camera has footage, and why it has none elsewhere, as the time-line answer of the server says it. */

import type { Recording, Gap as ServedGap, Timeline as ServedTimeline } from '@/api/types';
import type { Span } from './api';
import { US_PER_DAY } from '@/time/zoneTime';

/** `volume_away`: nothing explains it, and a volume that may hold its footage cannot be reached now. */
export type Gap = Omit<ServedGap, 'cause'> & { cause: ServedGap['cause'] | 'volume_away' };
export type CameraTimeline = Omit<ServedTimeline, 'gaps'> & { gaps: Gap[] };
export type { Recording, ServedTimeline };

export type Found =
  | { kind: 'footage'; recording: Recording }
  | { kind: 'gap'; gap: Gap; beforeUs: number | null; afterUs: number | null }
  /** Not written to disk yet: wait for the recorder. */
  | { kind: 'ahead'; beforeUs: number | null }
  /** Outside what was asked of the server. */
  | { kind: 'unasked' };

const MOST_ASKED_US = 390 * US_PER_DAY; // the server refuses more than 400 days
const PICTURE_US = 40_000; // "the last picture before" lies within one frame of 25 pictures a second

/** Index of the last item that starts at or before `us`; -1 if none. `items` are sorted. */
function lastStarted(items: readonly { start_us: number }[], us: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as { start_us: number }).start_us <= us) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What there is at `us`: a recording, or a gap with the nearest pictures on both sides. */
export function findAt(timeline: CameraTimeline, us: number): Found {
  if (us < timeline.start_us || us >= timeline.end_us) return { kind: 'unasked' };
  const { recordings, gaps } = timeline;
  const index = lastStarted(recordings, us);
  const recording = recordings[index];
  if (recording && us < recording.end_us) return { kind: 'footage', recording };
  const beforeUs = recording ? recording.end_us - PICTURE_US : null;
  const gap = gaps[lastStarted(gaps, us)];
  if (gap && (gap.end_us === null || us < gap.end_us)) {
    return { kind: 'gap', gap, beforeUs, afterUs: recordings[index + 1]?.start_us ?? null };
  }
  return { kind: 'ahead', beforeUs };
}

/** Whether it is known that nothing was recorded at `us`. */
export const isGapAt = (timeline: CameraTimeline | null, us: number): boolean => timeline !== null && findAt(timeline, us).kind === 'gap';

/**
 * The answer as a person reads it. A gap without a cause while a volume is away may be no gap at all: its footage may
 * lie there, so nobody is told that nothing was recorded.
 */
export function asRead(answer: ServedTimeline): CameraTimeline {
  const hasAway = answer.away_volumes.length > 0;
  const gaps = answer.gaps.map((gap): Gap => (hasAway && gap.cause === 'unknown' ? { ...gap, cause: 'volume_away' } : gap));
  return { ...answer, gaps: joinedGaps(gaps) };
}

/** Gaps that touch and have one cause are one to a person: a camera that starts up is as offline as before. */
export function joinedGaps(gaps: readonly Gap[]): Gap[] {
  const joined: Gap[] = [];
  for (const gap of gaps) {
    const last = joined[joined.length - 1];
    if (last && last.cause === gap.cause && last.end_us === gap.start_us) joined[joined.length - 1] = { ...last, end_us: gap.end_us };
    else joined.push(gap);
  }
  return joined;
}

/**
 * What to ask for instead when there is footage beyond the asked part but `us` lies in a gap that reaches its edge: the
 * pictures on both sides are to be known however long the gap is. null when the answer is enough.
 */
export function spanBeyondGap(timeline: CameraTimeline, us: number): Span | null {
  const { start_us, end_us, oldest_us, newest_us, now_us } = timeline;
  const found = findAt(timeline, us);
  if (found.kind !== 'gap') return null;
  const isEarlier = found.beforeUs === null && oldest_us !== null && oldest_us < start_us;
  const isLater = found.afterUs === null && newest_us !== null && newest_us > end_us;
  if (!isEarlier && !isLater) return null;
  return {
    startUs: isEarlier ? Math.max(oldest_us, us - MOST_ASKED_US / 2) : start_us,
    endUs: isLater ? Math.min(now_us, us + MOST_ASKED_US / 2) : end_us,
  };
}

/** Whether asking again may tell more: time goes on in it, or a volume that is away comes back. */
export const mayChange = ({ end_us, now_us, away_volumes }: CameraTimeline): boolean => end_us > now_us || away_volumes.length > 0;

/** Last pictures before gaps and first pictures after them, in order, of all cameras together. */
export function gapEdges(timelines: readonly CameraTimeline[]): number[] {
  const edges = new Set<number>();
  for (const { gaps, recordings, start_us, end_us } of timelines) {
    for (const gap of gaps) {
      if (gap.start_us > start_us && findEnd(recordings, gap.start_us)) edges.add(gap.start_us - PICTURE_US);
      if (gap.end_us !== null && gap.end_us < end_us) edges.add(gap.end_us);
    }
  }
  return [...edges].sort((left, right) => left - right);
}

function findEnd(recordings: readonly Recording[], us: number): boolean {
  const recording = recordings[lastStarted(recordings, us)];
  return recording !== undefined && Math.abs(recording.end_us - us) <= PICTURE_US * 10;
}

/** The next (`by` 1) or previous (`by` -1) of `moments` from `us`, or null. What is not further than `hereUs` counts as "here". */
export function neighbourOf(moments: readonly number[], us: number, by: 1 | -1, hereUs = PICTURE_US): number | null {
  const beyond = moments.filter((moment) => (by > 0 ? moment > us + hereUs : moment < us - hereUs));
  return (by > 0 ? beyond[0] : beyond[beyond.length - 1]) ?? null;
}

/** Starts of gaps in order, of all cameras together. */
export function gapStarts(timelines: readonly CameraTimeline[]): number[] {
  const starts = timelines.flatMap(({ gaps }) => gaps.map((gap) => gap.start_us));
  return [...new Set(starts)].sort((left, right) => left - right);
}

/** The union of the recordings of all cameras. */
export function merged(timelines: readonly CameraTimeline[]): Recording[] {
  const all = timelines.flatMap(({ recordings }) => recordings).sort((left, right) => left.start_us - right.start_us);
  const union: Recording[] = [];
  for (const { start_us, end_us } of all) {
    const last = union[union.length - 1];
    if (last && start_us <= last.end_us) last.end_us = Math.max(last.end_us, end_us);
    else union.push({ start_us, end_us });
  }
  return union;
}

/** Why there is no footage between two moments, each cause once, in the order in which they come up. */
export function causesIn(timelines: readonly CameraTimeline[], startUs: number, endUs: number): Gap['cause'][] {
  const seen = timelines
    .flatMap(({ gaps }) => gaps)
    .filter(({ start_us, end_us }) => start_us < endUs && (end_us === null || end_us > startUs))
    .sort((left, right) => left.start_us - right.start_us);
  return [...new Set(seen.map(({ cause }) => cause))];
}
