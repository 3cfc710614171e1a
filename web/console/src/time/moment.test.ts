import { expect, test } from 'vitest';
import { momentOf, momentsIn, typedOf, whyNoMoment } from './moment';

const BERLIN = 'Europe/Berlin';
const typed = (text: string, isSecond: boolean | null = null) => ({ text, isSecond });

test('seconds are kept, and left out they are none', () => {
  expect(momentOf(typed('2026-11-28T14:05:30'), 'Europe/Istanbul')).toBe(Date.UTC(2026, 10, 28, 11, 5, 30) * 1000);
  expect(momentOf(typed('2026-11-28T14:05'), 'Europe/Istanbul')).toBe(Date.UTC(2026, 10, 28, 11, 5) * 1000);
});

test('the repeated hour is nothing before somebody says which', () => {
  const hour = '2026-10-25T02:30';
  expect(momentsIn(hour, BERLIN)?.kind).toBe('two');
  expect([momentOf(typed(hour), BERLIN), whyNoMoment(typed(hour), BERLIN)]).toEqual([null, 'moment_twice']);
  expect(momentOf(typed(hour, false), BERLIN)).toBe(Date.UTC(2026, 9, 25, 0, 30) * 1000);
  expect(momentOf(typed(hour, true), BERLIN)).toBe(Date.UTC(2026, 9, 25, 1, 30) * 1000);
  expect(whyNoMoment(typed(hour, true), BERLIN)).toBeNull();
});

test('the skipped hour is refused', () => {
  expect(whyNoMoment(typed('2026-03-29T02:30'), BERLIN)).toBe('moment_skipped');
  expect(momentOf(typed('2026-03-29T02:30', true), BERLIN)).toBeNull();
});

test('what is no time is none', () => {
  for (const text of ['', '2026-11-28', 'now']) expect(whyNoMoment(typed(text), BERLIN)).toBe('moment_missing');
});

test('a moment comes back from what it would have been typed as, in both of two hours', () => {
  for (const us of [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30), Date.UTC(2026, 10, 28, 11, 5, 30)].map((ms) => ms * 1000))
    expect(momentOf(typedOf(us, BERLIN), BERLIN)).toBe(us);
  expect(typedOf(Date.UTC(2026, 10, 28, 11) * 1000, 'Europe/Istanbul')).toEqual({ text: '2026-11-28T14:00', isSecond: null });
});
