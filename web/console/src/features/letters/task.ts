/** Whose work a letter is: who may give it, who may finish it, how it stands against its time. */
import type { Letter } from '@/api/letters';
import type { Me } from '@/api/types';
import { type Due } from '@/features/requests/due';
import { may } from '@/state/duty';
import { momentOf, type Typed } from '@/time/moment';
import { localDay } from '@/time/local-time';

export const mayGive = (me: Me | null | undefined, { done_us }: Pick<Letter, 'done_us'>): boolean => done_us === null && may(me, 'assign_request');

/** Whom it was given to; or who keeps the register, for them. */
export const mayFinish = (me: Me | null | undefined, { assignee_id, done_us }: Pick<Letter, 'assignee_id' | 'done_us'>): boolean =>
  done_us === null && assignee_id !== null && (assignee_id === me?.id || may(me, 'register_letter'));

/** `over`: it is dealt with, or nobody said until when. */
export function dueOf({ due_us, done_us }: Pick<Letter, 'due_us' | 'done_us'>, now_us: number, zone: string): Due {
  if (done_us !== null || due_us === null) return 'over';
  if (now_us >= due_us) return 'overdue';
  return localDay(due_us, zone) === localDay(now_us, zone) ? 'today' : 'later';
}

/** The moment that was typed; null: none was; undefined: what stands there is no moment yet. */
export const dueTyped = (due: Typed, zone: string): number | null | undefined => (due.text === '' ? null : (momentOf(due, zone) ?? undefined));
