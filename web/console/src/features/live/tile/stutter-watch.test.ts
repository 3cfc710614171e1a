import { expect, test } from 'vitest';
import { StutterWatch } from './stutter-watch';

const TICK_MS = 500;

/** Whether `ticks` of half a second each are too much; `age_ms` tells how old the frame on the screen is at each. */
function judged(ticks: number, age_ms: (tick: number) => number, more: { bytes_ms?: number; fps?: number; latency_s?: number } = {}) {
  const watch = new StutterWatch();
  const verdicts = Array.from({ length: ticks }, (_, tick) => {
    const now_ms = 10_000 + tick * TICK_MS;
    const seen = { last_frame_ms: now_ms - age_ms(tick), last_byte_ms: now_ms - (more.bytes_ms ?? 50), latency_s: more.latency_s ?? 0.3 };
    return watch.isTooMuch(seen, more.fps ?? 25, now_ms);
  });
  return verdicts.indexOf(true);
}

test('a picture that flows is left alone', () => {
  expect(judged(1000, () => 40)).toBe(-1);
});

test('one that stands for two seconds while data come is too much', () => {
  expect(judged(20, () => 900)).toBe(4);
});

test('one that stands every second time is too much, one hiccup in five seconds is not', () => {
  expect(judged(20, (tick) => (tick % 2 ? 900 : 40))).toBeGreaterThan(0);
  expect(judged(1000, (tick) => (tick % 10 ? 40 : 900))).toBe(-1);
});

test('a picture that comes seconds late is too much', () => {
  expect(judged(20, () => 40, { latency_s: 4 })).toBe(4);
});

test('a camera that sends nothing is not the fault of the line', () => {
  expect(judged(1000, () => 5_000, { bytes_ms: 5_000 })).toBe(-1);
});

test('a camera that sends a picture a second does not stutter', () => {
  expect(judged(1000, () => 1_000, { fps: 1 })).toBe(-1);
});
