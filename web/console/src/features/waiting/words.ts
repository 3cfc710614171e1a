/** Which sentence says what waits. */
import type { Reminder } from '@/api/reminders';

/** The key under `kind` in `reminders.json`; what came today has no days to count; a review may be to come, late, or never done; a letter late. */
export function wordsOf(one: Pick<Reminder, 'kind' | 'urgency' | 'days'>): string {
  if (one.kind === 'approval_waits' && one.days < 1) return 'kind.approval_new';
  if (one.kind === 'letter_due' && one.urgency === 'late') return 'kind.letter_late';
  if (one.kind !== 'review_due' || one.urgency !== 'late') return `kind.${one.kind}`;
  return one.days < 0 ? 'kind.review_late' : 'kind.review_never';
}

/** What is counted: days; of a report of a month, which is called by its name, what it lists. */
export function countedOf(one: Pick<Reminder, 'kind' | 'days' | 'count' | 'name'>, language: string): { count: number; name?: string } {
  if (one.kind !== 'unrenewed_month') return { count: Math.max(one.days, 0) };
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return { count: one.count, name: month.format(new Date(`${one.name}-15T12:00:00Z`)) };
}

/** How far away an end is, in words of its own for today and tomorrow; null for what only waits. */
export function endOf(one: Pick<Reminder, 'kind' | 'urgency' | 'days'>): 'today' | 'tomorrow' | 'in_days' | null {
  const ends = ['grant_ends', 'password_waits', 'staff_grant_ends', 'review_due', 'letter_due'].includes(one.kind);
  if (!ends || one.urgency === 'late') return null;
  return one.days <= 0 ? 'today' : one.days === 1 ? 'tomorrow' : 'in_days';
}
