import { expect, test } from 'vitest';
import { draftFrom, EMPTY } from './draft';
import { validateGrantsSearch } from './search';

test('what was typed comes back, what is broken does not break the form', () => {
  expect(draftFrom(JSON.stringify({ ...EMPTY, purpose: 'güvenlik' })).purpose).toBe('güvenlik');
  expect(draftFrom('{"purpose":"eski sürüm"}')).toEqual({ ...EMPTY, purpose: 'eski sürüm' });
  for (const broken of [null, '', '{', '3', 'null']) expect(draftFrom(broken)).toEqual(EMPTY);
});

test('an address with other filters shows the usual list', () => {
  expect(validateGrantsSearch({ show: 'waiting', search: 'ayşe' })).toEqual({ show: 'waiting', search: 'ayşe' });
  expect(validateGrantsSearch({ show: 'secret', search: 3 })).toEqual({});
});
