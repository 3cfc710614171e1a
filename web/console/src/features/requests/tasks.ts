/** What there is to do for a request, in order: done, next, or not to be begun yet, and why. */
import type { Delivery } from '@/api/deliveries';
import type { ExportRow } from '@/api/exports';
import type { RequestDetail, RequestStep } from '@/api/footage';
import { blockedBy } from './allowed';

export type TaskName = 'letter' | 'review' | 'papers' | 'officer' | 'search' | 'watch' | 'packages' | 'minutes' | 'signature' | 'hand_over' | 'destruction' | 'unreached' | 'answer';
export type TaskState = 'done' | 'next' | 'blocked';
/** `why`: of what is blocked; of what is next and another person's, `others`; of what goes on without anybody, `by_itself`. */
export type Task = { name: TaskName; state: TaskState; why: string | null };

type Case = Pick<RequestDetail, 'origin' | 'state' | 'outcome' | 'letter' | 'officer_id' | 'searched_us' | 'answer_no' | 'steps'>;
/** What is made of the footage beside the case. `hasUnreached`: what was not found stands in a signed record (P-07). */
export type Work = { packages: readonly Pick<ExportRow, 'state' | 'purge_why'>[]; delivery: { signed_us: number | null; record: Pick<Delivery['record'], 'state'> } | null; hasUnreached: boolean };

export const NO_WORK: Work = { packages: [], delivery: null, hasUnreached: false };

/** Whether its footage is still looked after here: what is delivered or closed has none any more. */
export const isWatched = ({ state }: Pick<RequestDetail, 'state'>): boolean => state !== 'closed' && state !== 'delivered';

/** The step whose refusal says why the reader cannot begin a task. */
const STEP: Readonly<Partial<Record<TaskName, RequestStep>>> = {
  letter: 'file_letter', review: 'approve', papers: 'complete', officer: 'assign', search: 'search', watch: 'watch', packages: 'order_export', minutes: 'prepare_delivery',
  signature: 'sign_delivery', hand_over: 'hand_over', unreached: 'print_unreached', answer: 'answer',
}; // prettier-ignore

const done = (name: TaskName): Task => ({ name, state: 'done', why: null });

function waits(request: Case, name: TaskName, reason: string | null = null): Task {
  const step = STEP[name];
  const code = reason ?? (step ? blockedBy(request, step) : null) ?? null;
  if (code === 'action_not_allowed') return { name, state: 'next', why: 'others' };
  return { name, state: code === null ? 'next' : 'blocked', why: code };
}

/** What was refused, not found or withdrawn has fewer of them; what is closed has nothing left to do. */
export function tasksOf(request: Case, work: Work = NO_WORK): Task[] {
  const { state, outcome } = request;
  const hasFile = request.letter.file !== null;
  const letter = hasFile ? done('letter') : waits(request, 'letter');
  if (state === 'closed') {
    const rest: TaskName[] = outcome === 'delivered' ? ['officer', 'search', 'packages', 'minutes', 'signature', 'hand_over', 'destruction'] : [];
    return [...(hasFile ? [letter] : []), ...(outcome === 'withdrawn' ? [] : [done('review')]), ...rest.map(done), ...(request.answer_no ? [done('answer')] : [])];
  }
  if (state === 'refused') return [letter, done('review'), waits(request, 'answer')];
  const officer = request.officer_id === null ? waits(request, 'officer') : done('officer');
  if (state === 'registered' || state === 'returned') {
    const missing = hasFile ? null : request.origin === 'internal' ? 'olur_missing' : 'written_request_missing';
    const review = waits(request, 'review', state === 'returned' ? 'waits_for_papers' : missing);
    return [letter, ...(state === 'returned' ? [waits(request, 'papers')] : []), review, officer, waits(request, 'search', 'approval_first'), waits(request, 'packages', 'approval_first')];
  }
  const search = request.searched_us === null ? waits(request, 'search') : done('search');
  const begun = [letter, done('review'), officer, search];
  if (state === 'unavailable') return [...begun, work.hasUnreached ? done('unreached') : waits(request, 'unreached'), waits(request, 'answer')];
  if (state === 'delivered') return [...begun, ...(['packages', 'minutes', 'signature', 'hand_over'] as const).map(done), { name: 'destruction', state: 'next', why: 'by_itself' }];
  return [...begun, waits(request, 'watch', request.officer_id === null ? 'officer_first' : null), ...givingOf(request, work)];
}

/** From packages to the receiver's hands. */
function givingOf(request: Case, { packages, delivery }: Work): Task[] {
  const isOrdered = packages.some((one) => one.purge_why !== 'replaced');
  const isPrepared = request.state === 'prepared';
  const isPrinted = delivery !== null && delivery.record.state !== 'cancelled';
  const isSigned = delivery?.signed_us != null;
  return [
    isPrepared ? done('packages') : request.searched_us === null ? waits(request, 'packages', 'search_first') : isOrdered ? { name: 'packages', state: 'next', why: null } : waits(request, 'packages'),
    !isPrepared ? waits(request, 'minutes', 'packages_first') : isPrinted ? done('minutes') : waits(request, 'minutes'),
    !isPrepared || !isPrinted ? waits(request, 'signature', 'minutes_first') : isSigned ? done('signature') : waits(request, 'signature'),
    !isSigned ? waits(request, 'hand_over', 'signature_first') : waits(request, 'hand_over'),
  ];
}
