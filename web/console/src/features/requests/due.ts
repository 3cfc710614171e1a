/** How a request stands against its service target: late, to be done today, later; a closed one has no clock. */
import type { RequestRow } from '@/api/footage';
import { localDay } from '@/time/local-time';

export type Due = 'overdue' | 'today' | 'later' | 'over';
type Clocked = Pick<RequestRow, 'state' | 'due_soft_us' | 'due_hard_us' | 'closed_us'>;

/** Whose clock has stopped: the answer was given, or the footage is in the right hands. */
export const isOver = ({ closed_us, state }: Pick<Clocked, 'closed_us' | 'state'>): boolean => closed_us !== null || state === 'delivered';

/** `today`: due by the end of this day there, or past its soft target already. */
export function dueOf(request: Clocked, now_us: number, zone: string): Due {
  if (isOver(request)) return 'over';
  if (now_us >= request.due_hard_us) return 'overdue';
  return now_us >= request.due_soft_us || localDay(request.due_hard_us, zone) === localDay(now_us, zone) ? 'today' : 'later';
}
