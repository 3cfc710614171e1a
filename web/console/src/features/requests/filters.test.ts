import { expect, test } from 'vitest';
import type { RequestRow } from '@/api/footage';
import { fits, ordered, shownOf } from './filters';
import { validateRequestsSearch } from './search';

const HOUR = 3_600_000_000;
const NOW_US = Date.UTC(2026, 10, 28, 9) * 1000;
const ZONE = 'Europe/Istanbul';
const row = (number: number, more: Partial<RequestRow>): RequestRow =>
  ({ number, state: 'registered', due_soft_us: NOW_US + HOUR, due_hard_us: NOW_US + 48 * HOUR, closed_us: null, awaits_signature: false, sender_name: '', letter_no: '', subject: '', file_no: '', officer_name: '', officer_id: null, ...more }) as RequestRow;
const numbers = (rows: readonly RequestRow[]) => rows.map((one) => one.number);

test('the first that is due is on top, what is over behind it, newest first', () => {
  const rows = [row(1, { closed_us: 5, state: 'closed' }), row(2, { due_hard_us: NOW_US + 9 }), row(3, { closed_us: 9, state: 'closed' }), row(4, { due_hard_us: NOW_US - 9 })];
  expect(numbers(ordered(rows))).toEqual([4, 2, 3, 1]);
});

test('each filter shows its own', () => {
  const [late, waits, over] = [row(1, { due_hard_us: NOW_US }), row(2, { state: 'prepared', awaits_signature: true }), row(3, { closed_us: 1, state: 'closed', due_hard_us: 0 })];
  const shows = (one: RequestRow) => (['open', 'overdue', 'today', 'signature', 'closed', 'all'] as const).filter((shown) => fits(one, shown, NOW_US, ZONE));
  expect(shows(late)).toEqual(['open', 'overdue', 'all']);
  expect(shows(waits)).toEqual(['open', 'signature', 'all']);
  expect(shows(over)).toEqual(['closed', 'all']);
  expect(shows(row(4, { state: 'prepared' }))).toEqual(['open', 'all']);
});

test('words are found as people type them; mine are mine', () => {
  const rows = [row(1, { sender_name: 'IŞIKLI Emniyet', officer_id: 'me' }), row(2, { letter_no: 'E-77', officer_id: 'other' })];
  expect(numbers(shownOf(rows, { search: 'isikli' }, 'me', NOW_US, ZONE))).toEqual([1]);
  expect(numbers(shownOf(rows, { search: 'e-77' }, 'me', NOW_US, ZONE))).toEqual([2]);
  expect(numbers(shownOf(rows, { officer: 'me' }, 'me', NOW_US, ZONE))).toEqual([1]);
});

test('an address with other filters shows the usual list', () => {
  expect(validateRequestsSearch({ show: 'overdue', officer: 'me', search: 'ayşe' })).toEqual({ show: 'overdue', officer: 'me', search: 'ayşe' });
  expect(validateRequestsSearch({ show: 'secret', officer: 'x', search: 3 })).toEqual({});
});
