import { expect, test } from 'vitest';
import { barOf } from './separation';

type Case = Parameters<typeof barOf>[0];
const did = (duty: string, account_id: string | null) => ({ duty, account_id, name: '', at_us: null, is_planned: false }) as Case['duties'][number];
const DUTIES = [did('register', 'clerk'), did('approve', 'judge'), did('export', 'officer'), did('sign', null), did('deliver', 'clerk')];
const FOUR = ['register', 'approve', 'export', 'sign'] as const;
const APART = FOUR.flatMap((one, index) => FOUR.slice(index + 1).map((other) => [one, other]));
const bars = (myId: string | undefined, steps: Case['steps'] = [], separate = APART) => [...FOUR, 'deliver' as const].map((duty) => barOf({ duties: DUTIES, steps }, duty, myId, separate));
const approve = (blocked_by: string | null) => [{ step: 'approve', blocked_by }] as Case['steps'];

test('who did one of the four does none of the others; delivering excludes nobody', () => {
  expect(bars('clerk')).toEqual([null, 'register', 'register', 'register', null]);
  expect(bars('judge')).toEqual(['approve', null, 'approve', 'approve', null]);
  expect(bars('stranger')).toEqual([null, null, null, null, null]);
  expect(bars(undefined)).toEqual([null, null, null, null, null]);
});

test('of approving the server has the last word: an earlier correction counts, a pair that is not kept apart does not', () => {
  expect(bars('stranger', approve('separation_of_duties'))[1]).toBe('register');
  expect(bars('clerk', approve(null))[1]).toBeNull();
  expect(bars('clerk', approve('written_request_missing'))[1]).toBeNull();
  expect(bars('clerk', approve('action_not_allowed'))[1]).toBe('register');
});

test('a municipality that keeps fewer duties apart bars fewer', () => {
  expect(bars('clerk', [], [['register', 'sign']])).toEqual([null, null, null, 'register', null]);
});
