import { expect, test } from 'vitest';
import { bodyOf } from './body';
import { type Draft, EMPTY } from './draft';

const at = (text: string) => ({ text, isSecond: null });
const draft: Draft = {
  ...EMPTY, kind: 'prosecutor', sender: 'Başsavcılık', legalBasis: 'kalan söz', letterNo: '2026/1', letterOn: '2026-11-26', served: at('2026-11-26T10:30'), cameras: ['a'],
  intervals: [{ from: at('2026-11-20T14:00:05'), until: at('2026-11-20T15:00') }], subject: 'Yaralama', olurNo: 'kalan',
}; // prettier-ignore
const ZONE = 'Europe/Istanbul';

test('an authority has a kind and no Olur; what was typed for another kind is not sent', () => {
  const body = bodyOf(draft, ZONE, null);
  expect(body.claim).toEqual({ origin: 'external', authority_kind: 'prosecutor', legal_basis: '', is_judicial: false, olur_no: '', olur_on: null, olur_issuer: '' });
  expect([body.letter?.sender, body.letter?.served_us]).toEqual(['authority', Date.UTC(2026, 10, 26, 7, 30) * 1000]);
  expect(body.intervals).toEqual([{ from_us: Date.UTC(2026, 10, 20, 11, 0, 5) * 1000, until_us: Date.UTC(2026, 10, 20, 12) * 1000 }]);
});

test('it carries the name under which it may be sent again', () => {
  expect([bodyOf(draft, ZONE, null).key, bodyOf({ ...draft, key: 'abc' }, ZONE, null).key]).toEqual([null, 'abc']);
});

test('an own unit has an Olur and no kind', () => {
  const body = bodyOf({ ...draft, whose: 'internal', olurNo: '2026/77', olurOn: '2026-11-25' }, ZONE, null);
  expect(body.claim).toEqual({ origin: 'internal', authority_kind: null, legal_basis: '', is_judicial: false, olur_no: '2026/77', olur_on: '2026-11-25', olur_issuer: 'presidency' });
  expect(body.letter?.sender).toBe('unit');
});

test('a letter that is registered already is named, not entered again', () => {
  const body = bodyOf(draft, ZONE, 'letter-id');
  expect([body.letter_id, body.letter]).toEqual(['letter-id', null]);
});
