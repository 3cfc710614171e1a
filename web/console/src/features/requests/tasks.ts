/** What there is to do for a request, in order: done, next, or not to be begun yet, and why. */
import type { RequestDetail, RequestStep } from '@/api/footage';
import { blockedBy } from './allowed';

export type TaskName = 'letter' | 'review' | 'papers' | 'officer' | 'search' | 'watch' | 'answer';
export type TaskState = 'done' | 'next' | 'blocked';
/** `why`: of what is blocked; of what is next and another person's, `others`. */
export type Task = { name: TaskName; state: TaskState; why: string | null };

type Case = Pick<RequestDetail, 'origin' | 'state' | 'outcome' | 'letter' | 'officer_id' | 'searched_us' | 'answer_no' | 'steps'>;

/** Whether its footage is still looked after here: what is delivered or closed has none any more. */
export const isWatched = ({ state }: Pick<RequestDetail, 'state'>): boolean => state !== 'closed' && state !== 'delivered';

/** The step whose refusal says why the reader cannot begin a task. */
const STEP: Readonly<Record<TaskName, RequestStep>> = { letter: 'file_letter', review: 'approve', papers: 'complete', officer: 'assign', search: 'search', watch: 'watch', answer: 'answer' };

/** What was refused, not found or withdrawn has fewer of them; what is closed has nothing left to do. */
export function tasksOf(request: Case): Task[] {
  const { state, outcome } = request;
  const done = (name: TaskName): Task => ({ name, state: 'done', why: null });
  const waits = (name: TaskName, reason: string | null = null): Task => {
    const code = reason ?? blockedBy(request, STEP[name]) ?? null;
    if (code === 'action_not_allowed') return { name, state: 'next', why: 'others' };
    return { name, state: code === null ? 'next' : 'blocked', why: code };
  };
  const hasFile = request.letter.file !== null;
  const letter = hasFile ? done('letter') : waits('letter');
  if (state === 'closed') return [...(hasFile ? [letter] : []), ...(outcome === 'withdrawn' ? [] : [done('review')]), ...(request.answer_no ? [done('answer')] : [])];
  if (state === 'refused') return [letter, done('review'), waits('answer')];
  const officer = request.officer_id === null ? waits('officer') : done('officer');
  if (state === 'registered' || state === 'returned') {
    const review = state === 'returned' ? waits('review', 'waits_for_papers') : waits('review', hasFile ? null : request.origin === 'internal' ? 'olur_missing' : 'written_request_missing');
    return [letter, ...(state === 'returned' ? [waits('papers')] : []), review, officer, waits('search', 'approval_first'), waits('watch', 'approval_first')];
  }
  const search = request.searched_us === null ? waits('search') : done('search');
  return [letter, done('review'), officer, search, state === 'unavailable' ? waits('answer') : waits('watch', request.officer_id === null ? 'officer_first' : null)];
}
