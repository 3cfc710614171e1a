import { describe, expect, it } from 'vitest';
import type { Camera } from '@/api/types';
import type { CameraTimeline } from './coverage';
import { rowsOf } from './tableRows';

const S = 1_000_000;
const shown = { startUs: 100 * S, spanUs: 100 * S };
const camera = (number: number) => ({ id: `c${number}`, number }) as Camera;
const timeline = (now_us: number, recordings: [number, number][], gaps: [number, number | null][]) =>
  ({
    now_us,
    recordings: recordings.map(([start, end]) => ({ start_us: start * S, end_us: end * S })),
    gaps: gaps.map(([start, end]) => ({ start_us: start * S, end_us: end === null ? null : end * S, cause: 'network', detail: '' })),
  }) as CameraTimeline;

describe('the rows of the table', () => {
  it('count a gap that goes on up to when its time line was asked, whatever moment the page was opened at', () => {
    const [first, second] = [timeline(190 * S, [], [[150, null]]), timeline(195 * S, [], [[150, null]])];
    expect(rowsOf([camera(1), camera(2)], [first, second], shown).map(({ lengthUs }) => lengthUs)).toEqual([40 * S, 45 * S]);
  });

  it('tell what is shown by its start, with no length where the start is unknown', () => {
    const rows = rowsOf([camera(1), camera(2)], [timeline(400 * S, [[120, 150], [300, 310]], [[0, 120]]), null], shown);
    expect(rows.map(({ kind, lengthUs }) => [kind, lengthUs])).toEqual([['gap', null], ['recording', 30 * S]]);
  });
});
