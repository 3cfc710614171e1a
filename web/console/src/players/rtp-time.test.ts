import { expect, test } from 'vitest';
import { unixOfRtp } from './rtp-time';

const now_us = 1_795_237_077_500_000;
const rtpAt = (at_us: number) => Math.round((at_us * 90_000) / 1e6) % 2 ** 32;

test.each([0, 300_000, 5_000_000, -2_000_000, 3_600_000_000])('a picture %i µs ago is found again', (ago_us) => {
  expect(Math.abs(unixOfRtp(rtpAt(now_us - ago_us), now_us) - (now_us - ago_us))).toBeLessThan(20);
});

test('the turn of the counter between picture and now changes nothing', () => {
  const turn_us = (Math.floor((now_us * 90_000) / 1e6 / 2 ** 32) * 2 ** 32 * 1e6) / 90_000;
  expect(Math.abs(unixOfRtp(rtpAt(turn_us - 100_000), turn_us + 100_000) - (turn_us - 100_000))).toBeLessThan(20);
});
