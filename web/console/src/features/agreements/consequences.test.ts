import { expect, test } from 'vitest';
import { resting, signers, stateOf } from './consequences';

test('a signature counts, is of an old text, was superseded or withdrawn', () => {
  expect([stateOf({ counts: true, ended_as: null }), stateOf({ counts: false, ended_as: null })]).toEqual(['counts', 'old']);
  expect([stateOf({ counts: false, ended_as: 'superseded' }), stateOf({ counts: false, ended_as: 'withdrawn' })]).toEqual(['superseded', 'withdrawn']);
});

test('each signer once, and only those whose signature counts', () => {
  const one = (person_id: string, counts: boolean) => ({ person_id, counts });
  expect(signers([one('a', true), one('b', false), one('a', true), one('c', true)])).toEqual(['a', 'c']);
});

test('what runs on these signatures would rest; what waits or is over changes nothing', () => {
  const grant = (person_id: string, state: 'active' | 'suspended' | 'expired') => ({ person_id, state });
  const posted = (account_id: string, state: string) => ({ account_id, state });
  const found = resting(
    ['a'],
    [grant('a', 'active'), grant('a', 'suspended'), grant('a', 'expired'), grant('b', 'active')],
    [posted('a1', 'active'), posted('a1', 'planned'), posted('a1', 'ended'), posted('a1', 'awaiting_nda'), posted('b1', 'active'), posted('n1', 'active')],
    [{ id: 'a1', person_id: 'a' }, { id: 'b1', person_id: 'b' }, { id: 'n1', person_id: null }],
  );
  expect(found).toEqual({ grants: [grant('a', 'active')], assignments: [posted('a1', 'active'), posted('a1', 'planned')] });
});
