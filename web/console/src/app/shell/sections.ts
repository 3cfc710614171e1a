/** Which pages a person can open: the rail's, and those beside them that the search finds. The server decides again on every call. */
import type { Me } from '@/api/types';
import { placesOf } from '@/features/admin/places';
import { mayFindDocuments } from '@/features/documents/allowed';

/** A page by what its address and its name in `rail` have in common. */
export type Place =
  | 'live' | 'playback' | 'views' | 'me' | 'my-unit' | 'grants' | 'agreements' | 'assignments' | 'shared-accounts' | 'letters' | 'letters/tasks' | 'requests' | 'holds'
  | 'applications' | 'statistics' | 'work-orders' | 'health' | 'cameras' | 'audit' | 'breaches' | 'documents' | 'admin' | 'admin/settings' | 'waiting' | 'training'
  | 'account' | 'help'; // prettier-ignore
type Reader = Pick<Me, 'actions' | 'may_see_health'> | null | undefined;

const given = (isGiven: boolean, ...places: Place[]): Place[] => (isGiven ? places : []);
const mayOf = (me: Reader) => (action: Me['actions'][number]): boolean => me?.actions.includes(action) ?? false;

/** In the rail's order. Who reads requests finds the statistics beside them. */
export function sectionsOf(me: Reader): Place[] {
  const may = mayOf(me);
  return [
    'live', 'playback', 'views', 'me',
    ...given(may('apply_for_authority'), 'my-unit'),
    ...given(may('see_authority'), 'grants', 'assignments', 'shared-accounts'),
    ...given(may('see_requests'), 'requests'),
    ...given(may('see_reports') && !may('see_requests'), 'statistics'),
    ...given(may('open_work_order'), 'work-orders'),
    ...given(me?.may_see_health ?? false, 'health'),
    ...given(may('manage_cameras'), 'cameras'),
    ...given(may('read_audit'), 'audit'),
    ...given(may('see_registers'), 'breaches'),
    ...given(mayFindDocuments(me), 'documents'),
    ...given(placesOf(me).length > 0, 'admin'),
    'training', 'help',
  ]; // prettier-ignore
}

/** Each once: the rail's, those that lie beside one of them, a person's own. */
export function pagesOf(me: Reader): Place[] {
  const may = mayOf(me);
  const beside: Place[] = [
    ...given(may('see_requests'), 'letters', 'holds', 'applications'),
    ...given(may('see_reports'), 'statistics'),
    ...given(may('see_authority'), 'agreements'),
    ...given(me?.may_see_health ?? false, 'cameras'),
    ...given(may('manage_settings'), 'admin/settings'),
    'documents', 'waiting', 'letters/tasks', 'account',
  ]; // prettier-ignore
  return [...new Set([...sectionsOf(me), ...beside])];
}
