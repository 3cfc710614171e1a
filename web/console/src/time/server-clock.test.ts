import { expect, test } from 'vitest';
import { ServerClock } from './server-clock';

test('half of the round trip is added, and time goes on by the monotonic clock', () => {
  let now_ms = 100;
  const clock = new ServerClock(() => now_ms);
  clock.answered(5_000_000, 60);
  expect(clock.now_us()).toBe(5_020_000);
  now_ms = 1_100;
  expect(clock.now_us()).toBe(6_020_000);
});

test('an event that agrees changes nothing, one that contradicts does', () => {
  let now_ms = 0;
  const clock = new ServerClock(() => now_ms);
  clock.answered(1_000_000, -10);
  now_ms = 1_000;
  clock.told(1_950_000);
  expect(clock.now_us()).toBe(2_005_000);
  clock.told(9_000_000);
  expect(clock.now_us()).toBe(9_000_000);
});
