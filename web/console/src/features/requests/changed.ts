/** What happened to a case since it was read. */
import type { CaseEvent, RequestDetail } from '@/api/footage';

/** What may be corrected, with the key of its name. */
export const FACTS = { subject: 'subject', file_no: 'file_no', event_place: 'place', authority_kind: 'kind', legal_basis: 'legal_basis', olur_no: 'olur_no' } as const;
export type Fact = keyof typeof FACTS;

type Case = Pick<RequestDetail, 'version' | 'events' | 'letter' | Fact>;

export const isChanged = (seen: Case, now: Case): boolean => seen.version !== now.version;

/** `facts`: those that read otherwise now; `isLetter`: its letter does, which is told in the letter's own history. */
export function newsOf(seen: Case, now: Case): { events: CaseEvent[]; facts: Fact[]; isLetter: boolean } {
  const known = new Set(seen.events.map((one) => one.entry_id));
  return {
    events: now.events.filter((one) => !known.has(one.entry_id)),
    facts: (Object.keys(FACTS) as Fact[]).filter((one) => seen[one] !== now[one]),
    isLetter: JSON.stringify(seen.letter) !== JSON.stringify(now.letter),
  };
}
