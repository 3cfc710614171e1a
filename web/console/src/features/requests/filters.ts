/** Which requests the work list shows, in which order. */
import type { RequestRow } from '@/api/footage';
import { fold } from '@/state/fold';
import { dueOf, isOver } from './due';
import type { RequestsSearch, Shown } from './search';

export function fits(request: RequestRow, shown: Shown, now_us: number, zone: string): boolean {
  switch (shown) {
    case 'open':
      return !isOver(request);
    case 'overdue':
    case 'today':
      return dueOf(request, now_us, zone) === shown;
    case 'signature':
      return request.awaits_signature;
    case 'closed':
      return isOver(request);
    case 'all':
      return true;
  }
}

/** By due time, what is over behind, newest first. */
export function ordered(requests: readonly RequestRow[]): RequestRow[] {
  return [...requests].sort((one, other) => {
    const [over, otherOver] = [isOver(one), isOver(other)];
    if (over !== otherOver) return over ? 1 : -1;
    return over ? (other.closed_us ?? other.due_hard_us) - (one.closed_us ?? one.due_hard_us) : one.due_hard_us - other.due_hard_us;
  });
}

export function shownOf(requests: readonly RequestRow[], { show = 'open', officer, search = '' }: RequestsSearch, myId: string | undefined, now_us: number, zone: string): RequestRow[] {
  const words = fold(search);
  const isMine = (request: RequestRow) => officer !== 'me' || request.officer_id === myId;
  const says = ({ number, sender_name, letter_no, subject, file_no, officer_name }: RequestRow) =>
    fold([number, sender_name, letter_no, subject, file_no, officer_name].join(' ')).includes(words);
  return ordered(requests.filter((request) => fits(request, show, now_us, zone) && isMine(request) && says(request)));
}
