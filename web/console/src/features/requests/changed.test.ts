import { expect, test } from 'vitest';
import type { RequestDetail } from '@/api/footage';
import { isChanged, newsOf } from './changed';

type Case = Pick<RequestDetail, 'version' | 'events' | 'letter'>;
const event = (entry_id: string, act: string) => ({ entry_id, act, at_us: 1, by: 'Clerk', detail: {} });
const letter = { id: 'l', no: '2026/1' } as RequestDetail['letter'];
const read: Case = { version: 4, events: [event('a', 'request_registered')], letter };

test('what was read is what is decided on', () => {
  expect(isChanged(read, { ...read })).toBe(false);
  expect(newsOf(read, { ...read, letter: { ...letter } })).toEqual({ events: [], isLetter: false });
});

test('what happened since is told, the letter by itself', () => {
  const now: Case = { version: 9, events: [...read.events, event('b', 'request_changed')], letter: { ...letter, no: '2026/2' } };
  expect(isChanged(read, now)).toBe(true);
  expect(newsOf(read, now)).toEqual({ events: [event('b', 'request_changed')], isLetter: true });
});
