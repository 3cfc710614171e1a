import { expect, test } from 'vitest';
import { validateLettersSearch, wantedOf } from './search';

test('the address opens a letter that there may be, and nothing else', () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  expect(validateLettersSearch({ show: 'no_file', open: id, search: 'x' })).toEqual({ show: 'no_file', open: id, search: 'x' });
  expect(validateLettersSearch({ show: 'secret', open: '../x', search: 3 })).toEqual({});
});

test('the server is asked for what narrows, and for nothing else', () => {
  expect(wantedOf({ show: 'no_file', search: 'ışık', open: 'new' })).toEqual({ lacks: 'no_file', search: 'ışık' });
  expect(wantedOf({ show: 'all' })).toEqual({});
});
