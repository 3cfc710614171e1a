/** What depends on signatures: pure, so that it can be said before it happens. */
import type { Agreement } from '@/api/agreements';
import type { AccountChoice, Assignment, Grant } from '@/api/authority';

/** What people call it: it counts, its text is old, another took its place, it was taken back. */
export const stateOf = (one: Pick<Agreement, 'counts' | 'ended_as'>): string => one.ended_as ?? (one.counts ? 'counts' : 'old');

/** Whose authority would rest under a text that all have to sign anew: everybody whose signature counts now. */
export const signers = (agreements: readonly Pick<Agreement, 'person_id' | 'counts'>[]): string[] => [
  ...new Set(agreements.filter((one) => one.counts).map((one) => one.person_id)),
];

/** What runs now and would not without the signatures of `persons`. */
export function resting<G extends Pick<Grant, 'person_id' | 'state'>, A extends Pick<Assignment, 'account_id' | 'state'>>(
  persons: readonly string[],
  grants: readonly G[],
  assignments: readonly A[],
  accounts: readonly Pick<AccountChoice, 'id' | 'person_id'>[],
): { grants: G[]; assignments: A[] } {
  const own = new Set(accounts.filter((one) => one.person_id !== null && persons.includes(one.person_id)).map((one) => one.id));
  return {
    grants: grants.filter((one) => one.state === 'active' && persons.includes(one.person_id)),
    assignments: assignments.filter((one) => (one.state === 'active' || one.state === 'planned') && own.has(one.account_id)),
  };
}
