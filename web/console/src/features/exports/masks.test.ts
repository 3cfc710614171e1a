import { describe, expect, it } from 'vitest';
import { MIDDLE, type Wish, closes, cornerAt, isWhole, masksOf, momentAt, shown, withCamera, withCorner, withMasks, withOneMore } from './masks';

const EMPTY: Wish = { watermark: true, cameras: [] };

describe('outlines', () => {
  it('knows a click by parts of the picture, and never outside of it', () => {
    const box = { left: 100, top: 50, width: 400, height: 200 };
    expect(cornerAt(box, 200, 100)).toEqual([0.25, 0.25]);
    expect(cornerAt(box, 90, 400)).toEqual([0, 1]);
  });
  it('closes at its first corner, once there are three', () => {
    expect(closes(MIDDLE, [0.41, 0.39])).toBe(true);
    expect(closes(MIDDLE, [0.5, 0.4])).toBe(false);
    expect(closes(MIDDLE.slice(0, 2), [0.4, 0.4])).toBe(false);
  });
  it('moves and adds corners within the picture', () => {
    expect(withCorner(MIDDLE, 1, [1.2, 0.3])[1]).toEqual([1, 0.3]);
    expect(withOneMore(MIDDLE)[4]).toEqual([0.4, 0.5]);
  });
});

describe('a wish', () => {
  it('shows something otherwise only with a camera, and a mask of each or the watermark', () => {
    const one = withCamera(EMPTY, 'a', true);
    expect([isWhole(EMPTY), isWhole(one), isWhole({ ...one, watermark: false })]).toEqual([false, true, false]);
    const masked = withMasks({ ...one, watermark: false }, 'a', [MIDDLE]);
    expect([isWhole(masked), isWhole(withCamera(masked, 'b', true))]).toEqual([true, false]);
    expect(masksOf(masked, 'a')).toEqual([MIDDLE]);
    expect(isWhole(withMasks(one, 'a', [MIDDLE], true))).toBe(false); // an outline is still open: it would hide nothing
    expect(withCamera(masked, 'a', false).cameras).toEqual([]);
  });
});

it('finds the moment at a share of all intervals', () => {
  const spans = [{ start_us: 100, end_us: 200 }, { start_us: 1_000, end_us: 1_300 }];
  expect([0, 0.25, 0.3, 1].map((share) => momentAt(spans, share))).toEqual([100, 199, 1_019, 1_299]);
});

it('shows pictures of what was recorded, not of its gaps', () => {
  const asked = [{ start_us: 100, end_us: 200 }, { start_us: 1_000, end_us: 1_300 }];
  const gaps = [{ start_us: 90, end_us: 150 }, { start_us: 1_100, end_us: 1_200 }, { start_us: 1_290, end_us: 1_300 }];
  expect(shown(asked, gaps)).toEqual([{ start_us: 150, end_us: 200 }, { start_us: 1_000, end_us: 1_100 }, { start_us: 1_200, end_us: 1_290 }]);
  expect(shown(asked, [])).toEqual(asked);
  expect(shown(asked, [{ start_us: 0, end_us: 2_000 }])).toEqual(asked);
});
