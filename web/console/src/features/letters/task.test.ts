import { expect, test } from 'vitest';
import type { Me } from '@/api/types';
import { dueOf, dueTyped, mayFinish, mayGive } from './task';

const ZONE = 'Europe/Istanbul';
const HOUR_US = 3_600_000_000;
const NOW_US = Date.UTC(2026, 10, 28, 9, 0) * 1000;
const me = (...actions: Me['actions']) => ({ id: 'me', actions }) as Me;
const mine = { assignee_id: 'me', done_us: null };
const somebodys = { assignee_id: 'other', done_us: null };

test('whose duty it is gives it on until it is done', () => {
  expect([me('assign_request'), me('register_letter'), me(), null].map((one) => mayGive(one, mine))).toEqual([true, false, false, false]);
  expect(mayGive(me('assign_request'), { done_us: NOW_US })).toBe(false);
});

test('whom it was given to finishes it, or who keeps the register; nobody what was given to nobody', () => {
  expect(mayFinish(me(), mine)).toBe(true);
  expect([me(), me('assign_request'), me('register_letter')].map((one) => mayFinish(one, somebodys))).toEqual([false, false, true]);
  expect(mayFinish(me('register_letter'), { assignee_id: null, done_us: null })).toBe(false);
  expect(mayFinish(me('register_letter'), { ...mine, done_us: NOW_US })).toBe(false);
});

test('it is late from the moment it was due until it is done', () => {
  const at = (due_us: number | null, done_us: number | null = null) => dueOf({ due_us, done_us }, NOW_US, ZONE);
  expect([at(NOW_US), at(NOW_US + 1), at(NOW_US + 12 * HOUR_US - 1), at(NOW_US + 12 * HOUR_US)]).toEqual(['overdue', 'today', 'today', 'later']);
  expect([at(null), at(NOW_US - HOUR_US, NOW_US)]).toEqual(['over', 'over']);
});

test('a time until when may be left out, never be half a time', () => {
  expect(dueTyped({ text: '', isSecond: null }, ZONE)).toBeNull();
  expect(dueTyped({ text: '2026-11-28', isSecond: null }, ZONE)).toBeUndefined();
  expect(dueTyped({ text: '2026-11-28T12:00', isSecond: null }, ZONE)).toBe(NOW_US);
});
