/** The steps of a request's life that are shown for where it stands. */
import type { RequestRow } from '@/api/footage';

type State = RequestRow['state'];
const FOUND: readonly State[] = ['available', 'partially_available', 'unavailable'];

/** The steps to show: the usual way, with what was found in its place; the other way for what left it. */
export function stepsOf(state: State, outcome: RequestRow['outcome']): State[] {
  if (state === 'refused' || outcome === 'refused') return ['registered', 'refused', 'closed'];
  if (outcome === 'withdrawn') return ['registered', 'closed'];
  if (state === 'returned') return ['registered', 'returned', 'approved', 'available', 'prepared', 'delivered', 'closed'];
  if (state === 'unavailable' || outcome === 'unavailable') return ['registered', 'approved', 'unavailable', 'closed'];
  const found = FOUND.includes(state) ? state : 'available';
  return ['registered', 'approved', found, 'prepared', 'delivered', 'closed'];
}
