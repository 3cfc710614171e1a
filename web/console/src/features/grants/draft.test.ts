import { expect, test } from 'vitest';
import { contentOf, draftFrom, EMPTY } from './draft';
import { validateGrantsSearch } from './search';

test('what was typed comes back, what is broken does not break the form', () => {
  expect(draftFrom(JSON.stringify({ ...EMPTY, purpose: 'güvenlik' })).purpose).toBe('güvenlik');
  expect(draftFrom('{"purpose":"eski sürüm"}')).toEqual({ ...EMPTY, purpose: 'eski sürüm' });
  for (const broken of [null, '', '{', '3', 'null']) expect(draftFrom(broken)).toEqual(EMPTY);
});

test('without a number there is no Olur, without a last day it names none', () => {
  expect(contentOf({ ...EMPTY, olurNo: '  ', olurOn: '2026-11-28' }).olur).toBeNull();
  expect(contentOf({ ...EMPTY, olurNo: ' 2026/7 ', olurOn: '2026-11-28' }).olur).toEqual({ no: '2026/7', on: '2026-11-28', issuer: 'presidency', ends_on: null });
});

test('an address with other filters shows the usual list', () => {
  expect(validateGrantsSearch({ show: 'waiting', search: 'ayşe' })).toEqual({ show: 'waiting', search: 'ayşe' });
  expect(validateGrantsSearch({ show: 'unrenewed' })).toEqual({ show: 'unrenewed' });
  expect(validateGrantsSearch({ show: 'secret', search: 3 })).toEqual({});
});
