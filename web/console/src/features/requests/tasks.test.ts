import { expect, test } from 'vitest';
import { stepsOf } from './life';
import { NO_WORK, tasksOf, type Work } from './tasks';

type Case = Parameters<typeof tasksOf>[0];
const request = (more: object) => ({ origin: 'external', state: 'registered', outcome: null, letter: { file: {} }, officer_id: null, searched_us: null, answer_no: '', steps: [], ...more }) as unknown as Case;
const said = (more: object, work: Partial<Work> = {}) => tasksOf(request(more), { ...NO_WORK, ...work }).map(({ name, state, why }) => [name, state, why].filter((part) => part !== null).join(' '));
const blocked = (step: string, blocked_by: string) => ({ steps: [{ step, blocked_by }] });

test('without its scan nobody decides', () => {
  expect(said({ letter: { file: null } })).toEqual([
    'letter next', 'review blocked written_request_missing', 'officer next', 'search blocked approval_first', 'packages blocked approval_first',
  ]); // prettier-ignore
});

test('of an own unit the Olur is what is missing', () => {
  expect(said({ origin: 'internal', letter: { file: null } })[1]).toBe('review blocked olur_missing');
});

test('with its scan it waits for the decision, which whoever registered it cannot take', () => {
  expect(said({})[1]).toBe('review next');
  expect(said(blocked('approve', 'separation_of_duties'))[1]).toBe('review blocked separation_of_duties');
  expect(said(blocked('approve', 'action_not_allowed'))[1]).toBe('review next others');
});

test('missing papers come first', () => {
  expect(said({ state: 'returned' }).slice(1, 3)).toEqual(['papers next', 'review blocked waits_for_papers']);
});

test('approved it is looked for, watched by its officer only', () => {
  expect(said({ state: 'approved' }).slice(0, 5)).toEqual(['letter done', 'review done', 'officer next', 'search next', 'watch blocked officer_first']);
  expect(said(FOUND).slice(0, 5)).toEqual(['letter done', 'review done', 'officer done', 'search done', 'watch next']);
  expect(said({ ...FOUND, ...blocked('watch', 'request_not_assigned') })[4]).toBe('watch blocked request_not_assigned');
});

const FOUND = { state: 'available', officer_id: 'x', searched_us: 1 };
const READY = { state: 'ready' as const, purge_why: null };

test('packages come before minutes, those before the signature, that before the hand-over', () => {
  expect(said({ state: 'approved' }).slice(5)).toEqual(['packages blocked search_first', 'minutes blocked packages_first', 'signature blocked minutes_first', 'hand_over blocked signature_first']);
  expect(said({ ...FOUND, ...blocked('order_export', 'action_not_allowed') })[5]).toBe('packages next others');
  expect(said(FOUND, { packages: [{ state: 'building', purge_why: null }] })[5]).toBe('packages next');
  const prepared = { ...FOUND, state: 'prepared' };
  expect(said(prepared, { packages: [READY] }).slice(5)).toEqual(['packages done', 'minutes next', 'signature blocked minutes_first', 'hand_over blocked signature_first']);
  expect(said(prepared, { packages: [READY], delivery: { signed_us: null, record: { state: 'issued' } } }).slice(6)).toEqual(['minutes done', 'signature next', 'hand_over blocked signature_first']);
  expect(said(prepared, { packages: [READY], delivery: { signed_us: 5, record: { state: 'signed' } } }).slice(6)).toEqual(['minutes done', 'signature done', 'hand_over next']);
  const cancelled = { signed_us: null, record: { state: 'cancelled' as const } };
  expect(said(prepared, { packages: [READY], delivery: cancelled }).slice(6)).toEqual(['minutes next', 'signature blocked minutes_first', 'hand_over blocked signature_first']);
});

test('who prepared the package does not sign for it', () => {
  const case_ = { ...FOUND, state: 'prepared', ...blocked('sign_delivery', 'separation_of_duties') };
  expect(said(case_, { packages: [READY], delivery: { signed_us: null, record: { state: 'issued' } } })[7]).toBe('signature blocked separation_of_duties');
});

test('what is delivered is destroyed by itself; then everything is done', () => {
  expect(said({ ...FOUND, state: 'delivered' }).at(-1)).toBe('destruction next by_itself');
  expect(said({ ...FOUND, state: 'closed', outcome: 'delivered' }).slice(-3)).toEqual(['signature done', 'hand_over done', 'destruction done']);
});

test('what is refused or not found waits for its answer; what is closed has nothing left', () => {
  expect(said({ state: 'refused' })).toEqual(['letter done', 'review done', 'answer next']);
  expect(said({ ...FOUND, state: 'unavailable' }).slice(-2)).toEqual(['unreached next', 'answer next']);
  expect(said({ ...FOUND, state: 'unavailable' }, { hasUnreached: true }).slice(-2)).toEqual(['unreached done', 'answer next']);
  expect(said({ state: 'closed', outcome: 'refused', answer_no: 'E-1' })).toEqual(['letter done', 'review done', 'answer done']);
  expect(said({ state: 'closed', outcome: 'withdrawn', letter: { file: null } })).toEqual([]);
});

test('the life line shows the way it went', () => {
  expect(stepsOf('partially_available', null)).toEqual(['registered', 'approved', 'partially_available', 'prepared', 'delivered', 'closed']);
  expect(stepsOf('closed', 'withdrawn')).toEqual(['registered', 'closed']);
  expect(stepsOf('closed', 'refused')).toEqual(['registered', 'refused', 'closed']);
  expect(stepsOf('returned', null)).toContain('returned');
});
