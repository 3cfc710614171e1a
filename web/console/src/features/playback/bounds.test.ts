import { expect, test } from 'vitest';
import { held, within } from './bounds';
import { validatePlaybackSearch } from './search';

const BOUNDS = { startUs: 100, endUs: 200 };

test('nothing outside is asked for', () => {
  expect(within({ startUs: 50, endUs: 250 }, BOUNDS)).toEqual(BOUNDS);
  expect(within({ startUs: 120, endUs: 150 }, BOUNDS)).toEqual({ startUs: 120, endUs: 150 });
  expect(within({ startUs: 0, endUs: 50 }, BOUNDS)).toEqual({ startUs: 100, endUs: 101 });
  expect(within({ startUs: 300, endUs: 400 }, BOUNDS)).toEqual({ startUs: 199, endUs: 200 });
  expect(within({ startUs: 0, endUs: 900 }, null)).toEqual({ startUs: 0, endUs: 900 });
});

test('the clock stays inside', () => {
  expect([50, 100, 150, 200, 900].map((us) => held(us, BOUNDS))).toEqual([100, 100, 150, 199, 199]);
  expect(held(7, null)).toBe(7);
});

test('an address has both ends or none', () => {
  expect(validatePlaybackSearch({ from: 100, until: 200 })).toEqual({ from: 100, until: 200 });
  for (const broken of [{ from: 100 }, { until: 200 }, { from: 200, until: 100 }, { from: 'x', until: 1 }]) expect(validatePlaybackSearch(broken)).toEqual({});
});
