import { expect, test } from 'vitest';
import { periodAt, share } from './period';

const written = (from_us: number, until_us: number, is_cancelled = false) => ({ from_us, until_us, is_cancelled });
const waiting = { from_us: null, until_us: null, is_cancelled: false };

test('the running period is the one that holds now; its end is outside', () => {
  const periods = [written(0, 10), written(10, 20), waiting];
  expect(periodAt(periods, 9)).toEqual({ from_us: 0, until_us: 10 });
  expect(periodAt(periods, 10)).toEqual({ from_us: 10, until_us: 20 });
  expect(periodAt(periods, 25)).toEqual({ from_us: 10, until_us: 20 });
});

test('what waits or was cancelled is no period', () => {
  expect(periodAt([waiting], 5)).toBeNull();
  expect(periodAt([written(0, 10), written(10, 20, true)], 15)).toEqual({ from_us: 0, until_us: 10 });
});

test('a moment outside stands at the edge', () => {
  expect([share(0, 10, -1), share(0, 10, 5), share(0, 10, 99)]).toEqual([0, 0.5, 1]);
});
