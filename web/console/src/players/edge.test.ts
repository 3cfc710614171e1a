import { expect, test } from 'vitest';
import { edgeStep, trimEnd } from './edge';

const range = { start_s: 1_700_000_000, end_s: 1_700_000_010 };

test('a new player jumps close to the edge', () => {
  const step = edgeStep(range, 0);
  expect(step.seek_s).toBeCloseTo(range.end_s - 0.3, 3);
});

test('near the edge it leaves the speed alone', () => {
  expect(edgeStep(range, range.end_s - 0.3)).toEqual({ seek_s: null, rate: 1 });
});

test('a little late plays faster, far too late jumps', () => {
  expect(edgeStep(range, range.end_s - 0.8).rate).toBeGreaterThan(1);
  expect(edgeStep(range, range.end_s - 4).seek_s).toBeCloseTo(range.end_s - 0.3, 3);
});

test('about to run dry it plays slower', () => {
  expect(edgeStep(range, range.end_s - 0.02).rate).toBeLessThan(1);
});

test('a hole or a clock that went back is jumped over, never past the range', () => {
  const short = { start_s: 100, end_s: 100.1 };
  expect(edgeStep(short, 50).seek_s).toBeCloseTo(100.01, 3);
  expect(edgeStep(short, 5000).seek_s).toBeCloseTo(100.01, 3);
});

test('ten seconds stay behind the playhead', () => {
  expect(trimEnd({ start_s: 0, end_s: 12.5 }, 12)).toBeNull();
  expect(trimEnd({ start_s: 0, end_s: 20.5 }, 20)).toBe(10);
});

test('nothing is removed of a time line that the playhead has yet to jump back to', () => {
  expect(trimEnd({ start_s: 0, end_s: 0.5 }, 3_600)).toBeNull();
});
