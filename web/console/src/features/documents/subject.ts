/** Where the console shows what a document is about. */
import type { Action, Me } from '@/api/types';

type Place =
  | { to: '/grants/$id' | '/requests/$id' | '/holds/$id'; params: { id: string } }
  | { to: '/admin/people'; search: { open: string } }
  | { to: '/assignments' | '/shared-accounts' | '/training' | '/breaches' | '/applications' };

const PLACES: Readonly<Record<string, readonly [Action, (id: string) => Place]>> = {
  grant: ['see_authority', (id) => ({ to: '/grants/$id', params: { id } })],
  assignment: ['see_authority', () => ({ to: '/assignments' })],
  shared_review: ['see_authority', () => ({ to: '/shared-accounts' })],
  person: ['see_people', (id) => ({ to: '/admin/people', search: { open: id } })],
  training_session: ['manage_training', () => ({ to: '/training' })],
  breach: ['see_registers', () => ({ to: '/breaches' })],
  request: ['see_requests', (id) => ({ to: '/requests/$id', params: { id } })],
  hold: ['see_requests', (id) => ({ to: '/holds/$id', params: { id } })],
  application: ['see_requests', () => ({ to: '/applications' })],
};

export const isNamedSubject = (kind: string): boolean => Object.hasOwn(PLACES, kind);

/** Null where the console has no page of it, or this person may not open it. */
export function placeOf(kind: string, id: string, me: Pick<Me, 'actions'> | null | undefined): Place | null {
  const [action, place] = isNamedSubject(kind) ? (PLACES[kind] ?? []) : [];
  return action && place && me?.actions.includes(action) ? place(id) : null;
}
