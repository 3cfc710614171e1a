import { describe, expect, it } from 'vitest';
import { Problem } from '@/api/problem';
import type { Check, Setting } from '@/api/settings';
import { isChangeable, isWhole, removalOf, settingOf, valuesOf, wasOvertaken } from './draft';
import { checksOf, exampleOf, otherFindings, partsToMend, sharedArticle } from './order';

const setting = (more: Partial<Setting>): Setting => ({
  key: 'mail.host', kind: 'text', value: null, running: null, default: null, is_set: false, is_waiting: false, is_required: false, source: 'default',
  locked: null, line: null, variable: '', example: '[mail]\nhost = ""', options: [], minimum: null, maximum: null, max_length: null, article: '', ...more,
});
const check = (part: string, level: Check['level']): Check => ({ part, level, detail: '', remedy: '' });

describe('a form of settings', () => {
  it('sends what differs, and nothing else', () => {
    const host = setting({ value: 'a', source: 'console' });
    const port = setting({ key: 'mail.port', kind: 'number' });
    const pairs = setting({ key: 'footage.separate', kind: 'choices', value: ['a', 'b'] });
    const all = [host, port, pairs];
    const chain = setting({ key: 'initials.P-31', kind: 'list', value: ['a', 'b'] });
    expect(valuesOf({ 'initials.P-31': ['a', 'b'] }, [chain])).toEqual({});
    expect(valuesOf({ 'initials.P-31': ['b', 'a', ' '] }, [chain])).toEqual({ 'initials.P-31': ['b', 'a'] });
    expect(valuesOf({ 'initials.P-31': [''] }, [chain])).toEqual({ 'initials.P-31': [] });
    expect(valuesOf({}, all)).toEqual({});
    expect(valuesOf({ 'mail.host': 'a', 'mail.port': '', 'footage.separate': ['b', 'a'] }, all)).toEqual({});
    expect(valuesOf({ 'mail.host': '', 'mail.port': 25, 'footage.separate': [] }, all)).toEqual({ 'mail.host': null, 'mail.port': 25, 'footage.separate': [] });
  });

  it('never sends what the file or a variable says', () => {
    expect(valuesOf({ 'mail.host': 'b' }, [setting({ value: 'a', locked: 'by_hand', source: 'file' })])).toEqual({});
  });

  it('sends a password only when one was typed, or is to go', () => {
    const password = setting({ key: 'mail.password', kind: 'secret', is_set: true, source: 'console' });
    expect(valuesOf({ 'mail.password': '' }, [password])).toEqual({});
    expect(valuesOf({ 'mail.password': 'x' }, [password])).toEqual({ 'mail.password': 'x' });
    expect(valuesOf({ 'mail.password': null }, [password])).toEqual({ 'mail.password': null });
  });

  it('is whole when nothing is missing that the part needs', () => {
    const host = setting({ is_required: true });
    expect(isWhole({}, [host])).toBe(false);
    expect(isWhole({ 'mail.host': '' }, [{ ...host, value: 'a' }])).toBe(false);
    expect(isWhole({ 'mail.host': 'a' }, [host, setting({ key: 'mail.port' })])).toBe(true);
  });

  it('takes back only what this page keeps', () => {
    expect(removalOf([setting({ source: 'console' }), setting({ key: 'mail.port', source: 'file' })])).toEqual({ 'mail.host': null });
  });

  it('shows a refusal at its own field', () => {
    const pairs = setting({ key: 'footage.separate' });
    const refusal = (at: string) => new Problem(422, 'settings_invalid', '', { facts: { setting: at } });
    expect(settingOf(refusal('footage.separate.1'), [pairs])).toBe('footage.separate');
    expect(settingOf(refusal('footage'), [pairs])).toBeNull();
    expect(settingOf(new Error('x'), [pairs])).toBeNull();
  });
});

describe('the page of settings', () => {
  it('can mend what it keeps, not what is written by hand', () => {
    const file = '/data/nazar.toml';
    const changeable = (problem: string, problem_file: string) => isChangeable({ problem, problem_file, file });
    expect([changeable('', ''), changeable('x', '/data/settings-console.toml'), changeable('x', file)]).toEqual([true, true, false]);
  });

  it('knows that somebody else was first', () => {
    expect([new Problem(409, 'settings_changed', ''), new Problem(409, 'x', ''), null].map(wasOvertaken)).toEqual([true, false, false]);
  });

  it('writes the head of a table once', () => {
    const lines = [setting({}), setting({ example: '[mail]\nport = 25' }), setting({ example: '[live]\nx = 1' })];
    expect(exampleOf(lines)).toBe('[mail]\nhost = ""\nport = 25\n\n[live]\nx = 1');
  });

  it('tells an article once where all of a part stands on it', () => {
    const of = (...articles: string[]) => sharedArticle(articles.map((article) => setting({ article })));
    expect([of('8', '8'), of('8', '9(1)'), of('8', ''), of()]).toEqual(['8', '', '', '']);
  });

  it('gives each check its place', () => {
    const checks = [check('mail', 'problem'), check('clock', 'warning'), check('zone', 'ok'), check('volume', 'ok'), check('volume', 'problem')];
    expect(checksOf('mail', checks)).toHaveLength(1);
    expect(checksOf('volumes', checks)).toHaveLength(2);
    expect(otherFindings(checks).map(({ part }) => part)).toEqual(['clock']);
    expect(partsToMend(checks)).toBe(3);
  });
});
