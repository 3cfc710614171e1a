import { describe, expect, it } from 'vitest';
import tr from '@/i18n/tr/reminders.json';
import en from '@/i18n/en/reminders.json';
import type { Reminder } from '@/api/reminders';
import { placeOf } from './place';
import { countedOf, endOf, wordsOf } from './words';

const KINDS: Reminder['kind'][] = [
  'grant_ends', 'password_waits', 'staff_grant_ends', 'approval_waits', 'agreement_missing', 'staff_agreement_missing', 'review_due',
  'training_missing', 'unrenewed_month', 'letter_given', 'letter_due', 'initials_wait', 'signature_waits',
];
const one = (kind: Reminder['kind'], urgency: Reminder['urgency'] = 'waiting', days = 5) => ({ kind, urgency, days, subject_id: 'x' });
const has = (words: object, key: string) => key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], words);

describe('what waits', () => {
  it('has a sentence in both languages', () => {
    for (const kind of KINDS)
      for (const words of [tr, en]) expect(has(words, wordsOf(one(kind))) ?? has(words, `${wordsOf(one(kind))}_other`)).toBeTypeOf('string');
    expect([0, 1].map((days) => wordsOf(one('approval_waits', 'waiting', days)))).toEqual(['kind.approval_new', 'kind.approval_waits']);
    for (const words of [tr, en]) expect(words.kind.approval_new).toContain('{{number}}');
    expect(wordsOf(one('review_due', 'late', -2))).toBe('kind.review_late');
    expect(['waiting', 'late'].map((urgency) => wordsOf(one('letter_due', urgency as Reminder['urgency'], -1)))).toEqual(['kind.letter_due', 'kind.letter_late']);
    expect(wordsOf(one('review_due', 'late', 0))).toBe('kind.review_never');
  });

  it('leads to a page only whoever may open it', () => {
    for (const kind of KINDS) expect(['/me', '/training', '/letters/tasks', '/documents', '/requests/$id', undefined]).toContain(placeOf(one(kind), [])?.to);
    expect(placeOf(one('approval_waits'), ['see_authority'])).toEqual({ to: '/grants/$id', params: { id: 'x' } });
    expect(placeOf(one('initials_wait'), [])).toEqual({ to: '/documents', search: { open: 'x' } });
    expect(placeOf(one('signature_waits'), ['sign_record'])).toEqual({ to: '/requests/$id', params: { id: 'x' } });
    expect(placeOf(one('review_due'), ['see_authority'])).toEqual({ to: '/shared-accounts' });
  });

  it('calls a report by its month and counts what it lists', () => {
    const report = { kind: 'unrenewed_month', days: 3, count: 2, name: '2025-12' } as const;
    expect(countedOf(report, 'tr')).toEqual({ count: 2, name: 'Aralık 2025' });
    expect(countedOf(report, 'en').name).toBe('December 2025');
    expect(countedOf({ ...report, kind: 'approval_waits' }, 'en')).toEqual({ count: 3 });
    expect(placeOf(one('unrenewed_month'), ['see_authority'])).toEqual({ to: '/grants', search: { show: 'unrenewed' } });
  });

  it('counts the days to an end, and to nothing else', () => {
    expect([0, 1, 2].map((days) => endOf(one('grant_ends', 'soon', days)))).toEqual(['today', 'tomorrow', 'in_days']);
    expect(endOf(one('approval_waits'))).toBeNull();
    expect(endOf(one('review_due', 'late', -1))).toBeNull();
    expect([endOf(one('letter_due', 'soon', 1)), endOf(one('letter_due', 'late', -1)), endOf(one('letter_given'))]).toEqual(['tomorrow', null, null]);
  });
});
