import { expect, test } from 'vitest';
import { stepsOf } from './life';
import { tasksOf } from './tasks';

type Case = Parameters<typeof tasksOf>[0];
const request = (more: object) => ({ origin: 'external', state: 'registered', outcome: null, letter: { file: {} }, officer_id: null, searched_us: null, answer_no: '', steps: [], ...more }) as unknown as Case;
const said = (more: object) => tasksOf(request(more)).map(({ name, state, why }) => [name, state, why].filter((part) => part !== null).join(' '));
const blocked = (step: string, blocked_by: string) => ({ steps: [{ step, blocked_by }] });

test('without its scan nobody decides', () => {
  expect(said({ letter: { file: null } })).toEqual([
    'letter next', 'review blocked written_request_missing', 'officer next', 'search blocked approval_first', 'watch blocked approval_first',
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
  expect(said({ state: 'approved' })).toEqual(['letter done', 'review done', 'officer next', 'search next', 'watch blocked officer_first']);
  expect(said({ state: 'available', officer_id: 'x', searched_us: 1 })).toEqual(['letter done', 'review done', 'officer done', 'search done', 'watch next']);
  expect(said({ state: 'available', officer_id: 'x', searched_us: 1, ...blocked('watch', 'request_not_assigned') }).at(-1)).toBe('watch blocked request_not_assigned');
});

test('what is refused or not found waits for its answer; what is closed has nothing left', () => {
  expect(said({ state: 'refused' })).toEqual(['letter done', 'review done', 'answer next']);
  expect(said({ state: 'unavailable', officer_id: 'x', searched_us: 1 }).at(-1)).toBe('answer next');
  expect(said({ state: 'closed', outcome: 'refused', answer_no: 'E-1' })).toEqual(['letter done', 'review done', 'answer done']);
  expect(said({ state: 'closed', outcome: 'withdrawn', letter: { file: null } })).toEqual([]);
});

test('the life line shows the way it went', () => {
  expect(stepsOf('partially_available', null)).toEqual(['registered', 'approved', 'partially_available', 'prepared', 'delivered', 'closed']);
  expect(stepsOf('closed', 'withdrawn')).toEqual(['registered', 'closed']);
  expect(stepsOf('closed', 'refused')).toEqual(['registered', 'refused', 'closed']);
  expect(stepsOf('returned', null)).toContain('returned');
});
