import { expect, test } from 'vitest';
import { validateRequestsSearch, wantedOf } from './search';

test('an address with other filters shows the usual list', () => {
  expect(validateRequestsSearch({ show: 'overdue', officer: 'me', search: 'ayşe' })).toEqual({ show: 'overdue', officer: 'me', search: 'ayşe' });
  expect(validateRequestsSearch({ show: 'secret', officer: 'x', search: 3 })).toEqual({});
});

test('the server is asked for what is open, unless the address says otherwise, and for nobody before it is known who asks', () => {
  expect(wantedOf({}, 'me')).toEqual({ show: 'open' });
  expect(wantedOf({ show: 'closed', officer: 'me', search: 'ışık' }, '7')).toEqual({ show: 'closed', officer: '7', search: 'ışık' });
  expect(wantedOf({ officer: 'me' }, undefined)).toEqual({ show: 'open' });
});
