import { expect, test } from 'vitest';
import { periodOf, validateStatisticsSearch } from './period';

test('this year until today, unless the address says otherwise', () => {
  expect(periodOf({}, '2026-11-29').period).toEqual({ from: '2026-01-01', until: '2026-11-29' });
  expect(periodOf({ from: '2025-06-01', until: '2025-06-30' }, '2026-11-29').period).toEqual({ from: '2025-06-01', until: '2025-06-30' });
  expect(periodOf({ from: '2026-11-29' }, '2026-11-29').period).toEqual({ from: '2026-11-29', until: '2026-11-29' });
});

test('days in the wrong order ask nothing', () => {
  expect(periodOf({ from: '2026-12-01', until: '2026-11-01' }, '2026-11-29')).toEqual({ period: null, from: '2026-12-01', until: '2026-11-01' });
});

test('an address with something else in it shows the usual days', () => {
  expect(validateStatisticsSearch({ from: '2026-02-31x', until: 5 })).toEqual({});
  expect(validateStatisticsSearch({ from: '2026-13-01' })).toEqual({});
});
