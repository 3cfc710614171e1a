import { expect, test } from 'vitest';
import type { RequestDetail } from '@/api/footage';
import { type Fact, isChanged, newsOf } from './changed';

type Case = Pick<RequestDetail, 'version' | 'events' | 'letter' | Fact>;
const event = (entry_id: string, act: string) => ({ entry_id, act, at_us: 1, by: 'Clerk', detail: {} });
const letter = { id: 'l', no: '2026/1' } as RequestDetail['letter'];
const read: Case = { version: 4, events: [event('a', 'request_registered')], letter, subject: 'Kaza', file_no: '', event_place: '', authority_kind: 'court', legal_basis: '', olur_no: '' };

test('what was read is what is decided on', () => {
  expect(isChanged(read, { ...read })).toBe(false);
  expect(newsOf(read, { ...read, letter: { ...letter } })).toEqual({ events: [], facts: [], isLetter: false });
});

test('what happened since is told with what reads otherwise, the letter by itself', () => {
  const now: Case = { ...read, version: 9, events: [...read.events, event('b', 'request_changed')], letter: { ...letter, no: '2026/2' }, subject: 'Ölümlü kaza' };
  expect(isChanged(read, now)).toBe(true);
  expect(newsOf(read, now)).toEqual({ events: [event('b', 'request_changed')], facts: ['subject'], isLetter: true });
});
