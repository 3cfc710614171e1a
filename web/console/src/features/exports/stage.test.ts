import { expect, test } from 'vitest';
import { amountOf, percentOf, quarterOf, stageOf } from './stage';

type Package = Parameters<typeof stageOf>[0];
const one = (more: Partial<Package>): Package => ({ state: 'waiting', planned_bytes: null, done_bytes: 0, purge_why: null, ...more });

test('a package is told from order to nothing', () => {
  expect(stageOf(one({}))).toBe('waiting');
  expect(stageOf(one({ state: 'building' }))).toBe('checking');
  expect(stageOf(one({ state: 'building', planned_bytes: 100 }))).toBe('checking');
  expect(stageOf(one({ state: 'building', planned_bytes: 100, done_bytes: 99 }))).toBe('copying');
  expect(stageOf(one({ state: 'building', planned_bytes: 100, done_bytes: 100 }))).toBe('sealing');
  expect(stageOf(one({ state: 'failed' }))).toBe('failed');
  expect(stageOf(one({ state: 'ready', purge_why: 'delivered' }))).toBe('leaving');
  expect(stageOf(one({ state: 'purged', purge_why: 'delivered' }))).toBe('purged');
  for (const state of ['waiting', 'failed', 'purged'] as const) expect(stageOf(one({ state, purge_why: 'replaced', given_up_reason: 'Disk okunamıyor' }))).toBe('given_up');
});

test('a hundred percent is said when it is whole, not before', () => {
  expect(percentOf(one({ state: 'building' }))).toBeNull();
  expect(percentOf(one({ state: 'building', planned_bytes: 1000, done_bytes: 999 }))).toBe(99);
  expect(percentOf(one({ state: 'building', planned_bytes: 1000, done_bytes: 1000 }))).toBe(99);
  expect(percentOf(one({ state: 'ready', planned_bytes: 1000, done_bytes: 1000 }))).toBe(100);
  expect(percentOf(one({ state: 'failed', planned_bytes: 1000, done_bytes: 400 }))).toBeNull();
});

test('several count together, a replaced one does not', () => {
  const ready = one({ state: 'ready', planned_bytes: 300, done_bytes: 300 });
  const half = one({ state: 'building', planned_bytes: 100, done_bytes: 50 });
  expect(amountOf([ready, half, one({ state: 'purged', purge_why: 'replaced' })])).toEqual({ inAll: 2, ready: 1, failed: 0, percent: 87 });
  expect(amountOf([ready, one({})])).toEqual({ inAll: 2, ready: 1, failed: 0, percent: null });
  expect(amountOf([ready])).toEqual({ inAll: 1, ready: 1, failed: 0, percent: 100 });
  expect(amountOf([one({ state: 'purged', planned_bytes: 300, done_bytes: 299, purge_why: 'delivered' })])).toEqual({ inAll: 0, ready: 0, failed: 0, percent: null });
  expect(amountOf([])).toEqual({ inAll: 0, ready: 0, failed: 0, percent: null });
});

test('a quarter is read out once', () => {
  expect([null, 24, 25, 74, 100].map(quarterOf)).toEqual([0, 0, 25, 50, 100]);
});
