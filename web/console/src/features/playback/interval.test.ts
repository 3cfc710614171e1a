import { describe, expect, it } from 'vitest';

import { NOTHING_MARKED, isMarked, markedIn, markedOut } from './interval';

describe('the marked interval', () => {
  it('has a start, an end, both or none', () => {
    expect(isMarked(NOTHING_MARKED)).toBe(false);
    expect(isMarked(markedIn(NOTHING_MARKED, 5))).toBe(true);
    expect(markedOut(markedIn(NOTHING_MARKED, 5), 9)).toEqual({ inUs: 5, outUs: 9 });
    expect(markedIn(markedOut(NOTHING_MARKED, 9), 5)).toEqual({ inUs: 5, outUs: 9 });
  });

  it('is never empty nor turned round', () => {
    expect(markedIn({ inUs: 5, outUs: 9 }, 9)).toEqual({ inUs: 9, outUs: null });
    expect(markedOut({ inUs: 5, outUs: 9 }, 5)).toEqual({ inUs: null, outUs: 5 });
    expect(markedIn({ inUs: 5, outUs: 9 }, 7)).toEqual({ inUs: 7, outUs: 9 });
  });
});
