import { describe, expect, it } from 'vitest';

import { type CameraTimeline, type Gap, type ServedTimeline, asRead, causesIn, findAt, gapEdges, gapStarts, isGapAt, joinedGaps, mayChange, merged, neighbourOf, spanBeyondGap } from './coverage';

const S = 1_000_000;

function timeline(recordings: [number, number][], gaps: [number, number | null, Gap['cause']][], runningUntil: number | null = null): CameraTimeline {
  return {
    start_us: 0,
    end_us: 1000 * S,
    now_us: 1000 * S,
    recordings: recordings.map(([start, end]) => ({ start_us: start * S, end_us: end * S })),
    gaps: gaps.map(([start, end, cause]) => ({ start_us: start * S, end_us: end === null ? null : end * S, cause, detail: '' })),
    running_until_us: runningUntil === null ? null : runningUntil * S,
    oldest_us: 0,
    newest_us: null,
    guaranteed_from_us: 0,
    clock_offset_us: null,
    away_volumes: [],
  };
}

const first = timeline([[100, 200], [300, 900]], [[0, 100, 'not_commissioned'], [200, 300, 'network']], 900);
const second = timeline([[100, 250]], [[0, 100, 'not_commissioned'], [250, null, 'camera_offline']]);

describe('coverage', () => {
  it('names the cause inside a gap, with the pictures on both sides', () => {
    const found = findAt(first, 250 * S);
    expect(found).toMatchObject({ kind: 'gap', gap: { cause: 'network' }, beforeUs: 200 * S - 40_000, afterUs: 300 * S });
  });

  it('is half open: the end of a recording is in the gap, its start is not', () => {
    expect(findAt(first, 200 * S).kind).toBe('gap');
    expect(findAt(first, 300 * S).kind).toBe('footage');
    expect(findAt(first, 200 * S - 1).kind).toBe('footage');
  });

  it('offers one side only where the other has nothing', () => {
    expect(findAt(first, 50 * S)).toMatchObject({ kind: 'gap', beforeUs: null, afterUs: 100 * S });
    expect(findAt(second, 500 * S)).toMatchObject({ kind: 'gap', gap: { end_us: null }, afterUs: null });
  });

  it('makes one of gaps that touch and have one cause', () => {
    const { gaps } = timeline([], [[0, 10, 'camera_offline'], [10, 20, 'camera_offline'], [20, 30, 'network'], [40, null, 'network']]);
    expect(joinedGaps(gaps).map(({ start_us, end_us }) => [start_us, end_us])).toEqual([[0, 20 * S], [20 * S, 30 * S], [40 * S, null]]);
  });

  it('asks further where a gap is longer than what was asked', () => {
    const part = { ...timeline([], [[0, 1000, 'network']]), start_us: 0, end_us: 1000 * S, now_us: 9000 * S };
    expect(spanBeyondGap({ ...part, oldest_us: -500 * S, newest_us: 8000 * S }, 400 * S)).toEqual({ startUs: -500 * S, endUs: 9000 * S });
    expect(spanBeyondGap({ ...part, oldest_us: -500 * S, newest_us: -100 * S }, 400 * S)).toEqual({ startUs: -500 * S, endUs: 1000 * S });
    expect(spanBeyondGap({ ...part, oldest_us: 5000 * S, newest_us: 8000 * S }, 400 * S)).toEqual({ startUs: 0, endUs: 9000 * S });
    expect(spanBeyondGap({ ...part, oldest_us: null }, 400 * S)).toBeNull();
  });

  it('asks no further where both sides are known, or where nothing lies beyond', () => {
    expect(spanBeyondGap(first, 250 * S)).toBeNull();
    expect(spanBeyondGap(first, 50 * S)).toBeNull();
    expect(spanBeyondGap(first, 150 * S)).toBeNull();
  });

  it('tells what is not written yet from a gap, and what was never asked', () => {
    expect(findAt(first, 950 * S)).toEqual({ kind: 'ahead', beforeUs: 900 * S - 40_000 });
    expect(findAt(first, 1000 * S).kind).toBe('unasked');
  });

  it('jumps between the edges of the gaps of all cameras', () => {
    const edges = gapEdges([first, second]);
    expect(edges).toEqual([100 * S, 200 * S - 40_000, 250 * S - 40_000, 300 * S]);
    expect(neighbourOf(edges, 150 * S, 1)).toBe(200 * S - 40_000);
    expect(neighbourOf(edges, 200 * S - 40_000, 1)).toBe(250 * S - 40_000);
    expect(neighbourOf(edges, 150 * S, -1)).toBe(100 * S);
    expect(neighbourOf(edges, 300 * S, 1)).toBeNull();
    expect(neighbourOf(gapStarts([first]), 200 * S - 40_000, 1, 0)).toBe(200 * S); // from the last picture into the gap
    expect(gapStarts([first, second])).toEqual([0, 200 * S, 250 * S]);
  });

  it("merges the cameras' recordings", () => {
    expect(merged([first, second])).toEqual([
      { start_us: 100 * S, end_us: 250 * S },
      { start_us: 300 * S, end_us: 900 * S },
    ]);
    expect(first.recordings[0]).toEqual({ start_us: 100 * S, end_us: 200 * S });
  });

  it('does not say that nothing was recorded where a volume is away and nothing explains the gap', () => {
    const served = timeline([[100, 200]], [[0, 100, 'not_commissioned'], [200, 300, 'unknown'], [300, 400, 'network'], [400, null, 'unknown']]);
    const causes = (away_volumes: string[]) => asRead({ ...served, away_volumes } as ServedTimeline).gaps.map(({ cause }) => cause);
    expect(causes(['0193b1f0-0000-7000-8000-000000000001'])).toEqual(['not_commissioned', 'volume_away', 'network', 'volume_away']);
    expect(causes([])).toEqual(['not_commissioned', 'unknown', 'network', 'unknown']);
  });

  it('asks a past again only while a volume is away', () => {
    const past = { ...first, end_us: 900 * S };
    expect(mayChange(past)).toBe(false);
    expect(mayChange({ ...past, away_volumes: ['0193b1f0-0000-7000-8000-000000000001'] })).toBe(true);
    expect(mayChange({ ...past, end_us: 1001 * S })).toBe(true);
  });

  it('knows a gap only where one is told', () => {
    expect([50, 150, 250, 950, 2000].map((at) => isGapAt(first, at * S))).toEqual([true, false, true, false, false]);
    expect(isGapAt(null, 250 * S)).toBe(false);
  });

  it('explains the causes that can be seen, each once', () => {
    expect(causesIn([first, second], 0, 1000 * S)).toEqual(['not_commissioned', 'network', 'camera_offline']);
    expect(causesIn([first, second], 150 * S, 240 * S)).toEqual(['network']);
    expect(causesIn([first, second], 950 * S, 990 * S)).toEqual(['camera_offline']);
    expect(causesIn([], 0, S)).toEqual([]);
  });
});
