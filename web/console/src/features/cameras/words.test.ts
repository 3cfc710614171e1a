import { expect, test } from 'vitest';
import { differing, draftOf } from './WordFields';

const words = { number: 7, name: 'Kapı', site: 'Meydan' };

test('what was not touched is not told', () => {
  expect(differing(draftOf(words), words)).toEqual({});
  expect(differing({ ...draftOf(words), site: ' Çeşme ' }, words)).toEqual({ site: ' Çeşme ' });
  expect(differing({ ...draftOf(words), site: ' Meydan ', number: '12', name: 'Giriş' }, words)).toEqual({ number: 12, name: 'Giriş' });
});

test('what is no number is refused by the server, not left out', () => {
  for (const typed of ['', 'yedi', '1.5', '-1']) expect(differing({ ...draftOf(words), number: typed }, words)).toEqual({ number: 0 });
});
