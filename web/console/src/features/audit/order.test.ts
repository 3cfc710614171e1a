import { expect, test } from 'vitest';
import { byTime } from './order';

test('what was written down late stands where it happened', () => {
  const rows = [{ number: 9, at: 30 }, { number: 8, at: 10 }, { number: 7, at: 20 }];
  expect(byTime(rows, (row) => row.at).map((row) => row.number)).toEqual([9, 7, 8]);
  expect(rows.map((row) => row.number)).toEqual([9, 8, 7]);
});

test('of one moment the later written one comes first', () => {
  expect(byTime([{ number: 3, at: 5 }, { number: 4, at: 5 }], (row) => row.at).map((row) => row.number)).toEqual([4, 3]);
});
