import { expect, test } from 'vitest';
import { dueOf } from './due';

const HOUR = 3_600_000_000;
const REGISTERED_US = Date.UTC(2026, 10, 28, 18) * 1000; // 21:00 there
const ZONE = 'Europe/Istanbul';
const request = { state: 'registered' as const, due_soft_us: REGISTERED_US + 4 * HOUR, due_hard_us: REGISTERED_US + 24 * HOUR, closed_us: null };
const due = (hours: number, more = {}) => dueOf({ ...request, ...more }, REGISTERED_US + hours * HOUR, ZONE);

test('the hard target counts to the microsecond', () => {
  expect([due(24), dueOf(request, request.due_hard_us - 1, ZONE)]).toEqual(['overdue', 'today']);
});

test('the day of the hard target is today there, not in UTC; behind the soft one it is today already', () => {
  expect([due(0), due(2.9), due(3)]).toEqual(['later', 'later', 'today']);
  expect(dueOf({ ...request, due_hard_us: REGISTERED_US + 72 * HOUR }, REGISTERED_US + 4 * HOUR, ZONE)).toBe('today');
});

test('what is closed or delivered is late no more', () => {
  expect([due(99, { closed_us: 1 }), due(99, { state: 'delivered' })]).toEqual(['over', 'over']);
});
