import { expect, test } from 'vitest';
import { paperDay } from './paper-day';

test('a paper is dated as its readers write dates', () => {
  expect(paperDay('2026-11-28', 'tr')).toBe('28.11.2026');
  expect(paperDay('2026-11-28', 'en')).toBe('28 Nov 2026');
  expect([paperDay(null, 'tr'), paperDay('', 'en'), paperDay('soon', 'en')]).toEqual(['—', '—', 'soon']);
});
