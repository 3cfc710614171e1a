import { expect, test } from 'vitest';
import type { Me } from '@/api/types';
import { pagesOf, sectionsOf } from './sections';

const person = (...actions: Me['actions']) => ({ actions, may_see_health: actions.includes('see_health') });

test('the search finds every page of the rail, each once', () => {
  for (const me of [null, person(), person('apply_for_authority'), person('see_authority', 'see_requests', 'see_reports', 'see_registers'), person('see_health', 'manage_cameras')]) {
    const pages = pagesOf(me);
    expect(pages).toEqual(expect.arrayContaining(sectionsOf(me)));
    expect(new Set(pages).size).toBe(pages.length);
  }
});

test('a supervisor finds the own unit, whoever reads the registers what lies beside them', () => {
  expect(pagesOf(person('apply_for_authority'))).toContain('my-unit');
  expect(pagesOf(person('see_authority'))).toEqual(expect.arrayContaining(['grants', 'agreements', 'assignments', 'shared-accounts']));
  expect(pagesOf(person('see_requests', 'see_reports'))).toEqual(expect.arrayContaining(['letters', 'requests', 'holds', 'applications', 'statistics']));
});

test('nobody is led to what is not theirs', () => {
  expect(pagesOf(person())).toEqual(['live', 'playback', 'views', 'me', 'training', 'help', 'documents', 'waiting', 'letters/tasks', 'account']);
  expect(sectionsOf(person('see_requests', 'see_reports'))).not.toContain('statistics');
});
