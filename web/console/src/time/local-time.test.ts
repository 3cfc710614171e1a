import { expect, test } from 'vitest';
import { endOfDay_us, localDay, microseconds } from './local-time';

test('a local time means the same moment in summer and winter', () => {
  expect(microseconds('2026-11-28T08:00', 'Europe/Istanbul')).toBe(Date.UTC(2026, 10, 28, 5) * 1000);
  expect(microseconds('2026-07-01T00:00', 'Europe/Istanbul')).toBe(Date.UTC(2026, 5, 30, 21) * 1000);
  expect(microseconds('2026-07-01T12:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 1, 10) * 1000);
  expect(microseconds('2026-01-01T12:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 0, 1, 11) * 1000);
});

test('a last day is a whole one', () => {
  expect(endOfDay_us('2026-12-31', 'Europe/Istanbul')).toBe(Date.UTC(2026, 11, 31, 21) * 1000);
  expect(endOfDay_us('', 'Europe/Istanbul')).toBeNull();
});

test('a day begins when it begins there', () => {
  expect(localDay(Date.UTC(2026, 10, 27, 20, 59, 59) * 1000, 'Europe/Istanbul')).toBe('2026-11-27');
  expect(localDay(Date.UTC(2026, 10, 27, 21) * 1000, 'Europe/Istanbul')).toBe('2026-11-28');
});

test('what is no time is none', () => {
  for (const text of ['', '2026-11-28', '2026-13-41T08:00', 'now']) expect(microseconds(text, 'Europe/Istanbul')).toBeNull();
});
