/** Who did which duty for a request, which slots are barred for whom (C-7): register ≠ approve ≠ export ≠ sign. */
import type { RequestDetail } from '@/api/footage';

export type Duty = RequestDetail['duties'][number]['duty'];
type Case = Pick<RequestDetail, 'duties' | 'steps'>;
/** Duties that two persons do, as this municipality has them. */
type Pairs = readonly (readonly Duty[])[];

/**
 * What the reader did that bars a slot for them; null when nothing does.
 *
 * The server's word on approving goes before what the strip shows: it knows everybody who did a duty, not only the last.
 */
export function barOf({ duties, steps }: Case, duty: Duty, myId: string | undefined, separate: Pairs): Duty | null {
  const isApart = (other: Duty) => other !== duty && separate.some((pair) => pair.includes(duty) && pair.includes(other));
  const mine = duties.filter((one) => one.account_id !== null && one.account_id === myId && isApart(one.duty)).map((one) => one.duty);
  const approve = steps.find((one) => one.step === 'approve');
  if (duty !== 'approve' || approve === undefined || approve.blocked_by === 'action_not_allowed') return mine[0] ?? null;
  return approve.blocked_by === 'separation_of_duties' ? (mine[0] ?? 'register') : null;
}
