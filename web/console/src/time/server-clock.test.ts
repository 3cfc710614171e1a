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

/** A clock that knows its time within 5 ms, at the second it was told. */
function knowing() {
  let now_ms = 0;
  const clock = new ServerClock(() => now_ms);
  clock.answered(1_000_000, -10);
  let asked = 0;
  clock.whenInDoubt(() => (asked += 1));
  return { clock, pass: (ms: number) => (now_ms += ms), asked: () => asked };
}

test('an event that agrees changes nothing', () => {
  const { clock, pass, asked } = knowing();
  pass(1_000);
  clock.told(1_950_000);
  expect(clock.now_us()).toBe(2_005_000);
  expect(asked()).toBe(0);
});

test('an event ahead of the estimate proves it behind: it is taken', () => {
  const { clock, asked } = knowing();
  clock.told(1_007_000);
  expect(clock.now_us()).toBe(1_007_000);
  clock.told(9_000_000);
  expect(clock.now_us()).toBe(9_000_000);
  expect(asked()).toBe(0);
});

test('an event that was held up for five seconds sets nothing back: the server is asked, its answer taken', () => {
  const { clock, pass, asked } = knowing();
  pass(10_000);
  clock.told(6_000_000);
  expect(clock.now_us()).toBe(11_005_000);
  expect(asked()).toBe(1);
  clock.answered(11_000_000, 9_990);
  expect(clock.now_us()).toBeCloseTo(11_005_000, -3);
});

test('a clock of the server that was set back is learnt by the answer', () => {
  const { clock, pass, asked } = knowing();
  pass(10_000);
  clock.told(1_000_000);
  expect(asked()).toBe(1);
  clock.answered(1_000_000, 9_990);
  expect(clock.now_us()).toBe(1_005_000);
});

test('the first event is all that is known', () => {
  const clock = new ServerClock(() => 0);
  clock.told(7_000_000);
  expect([clock.isKnown, clock.now_us()]).toEqual([true, 7_000_000]);
});
