import { expect, test } from 'vitest';
import { validateApplicationsSearch } from './search';

test('the address opens a new one or one that there is, and nothing else', () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  expect(validateApplicationsSearch({ show: 'answered', open: id, search: 'x' })).toEqual({ show: 'answered', open: id, search: 'x' });
  expect(validateApplicationsSearch({ open: 'new' })).toEqual({ open: 'new' });
  expect(validateApplicationsSearch({ show: 'secret', open: '../x', search: 3 })).toEqual({});
});
