/** What happened to a case since it was read. */
import type { CaseEvent, RequestDetail } from '@/api/footage';

type Case = Pick<RequestDetail, 'version' | 'events' | 'letter'>;

export const isChanged = (seen: Case, now: Case): boolean => seen.version !== now.version;

/** `isLetter`: its letter reads otherwise, which is told in the letter's own history. */
export function newsOf(seen: Case, now: Case): { events: CaseEvent[]; isLetter: boolean } {
  const known = new Set(seen.events.map((one) => one.entry_id));
  return { events: now.events.filter((one) => !known.has(one.entry_id)), isLetter: JSON.stringify(seen.letter) !== JSON.stringify(now.letter) };
}
