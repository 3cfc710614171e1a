import { describe, expect, it } from 'vitest';
import { choicesFor } from './roles';
import { validateAccountsSearch } from './search';

describe('roles to choose from', () => {
  it('are those of the kind that are not held yet, in the order of the requirements', () => {
    expect(choicesFor(['sysadmin', 'guard', 'publisher'], ['publisher'])).toEqual(['guard', 'sysadmin']);
  });
  it('leave an auditor alone', () => {
    expect(choicesFor(['auditor', 'guard'], ['auditor'])).toEqual([]);
    expect(choicesFor(['auditor', 'guard'], ['guard'])).toEqual([]);
    expect(choicesFor(['auditor', 'guard'], [])).toEqual(['guard', 'auditor']);
  });
});

describe('the address of the accounts', () => {
  it('keeps what it knows and drops the rest', () => {
    expect(validateAccountsSearch({ q: 'ışık', role: 'guard', kind: 'shared', state: 'all', page: '3', open: 'new' })).toEqual({
      q: 'ışık', role: 'guard', kind: 'shared', state: 'all', page: 3, open: 'new',
    });
    expect(validateAccountsSearch({ q: '', role: 'root', kind: 5, state: 'x', page: -1 })).toEqual({});
  });
});
