/** What of holds stands in the address: the list's filter; what a new hold begins with. */
import type { Basis } from '@/api/holds';

export const SHOWN = ['in_force', 'unsigned', 'ended', 'all'] as const;
export type HoldsSearch = { show?: (typeof SHOWN)[number]; search?: string };
/** `ask`: the wish that it answers. */
export type NewHoldSearch = { basis?: Basis; ask?: string };

const BASES: readonly Basis[] = ['unwritten_request', 'pre_investigation'];
const ID = /^[0-9a-f-]{36}$/i;

export function validateHoldsSearch({ show, search: words }: Record<string, unknown>): HoldsSearch {
  const shown = SHOWN.find((one) => one === show);
  return { ...(shown ? { show: shown } : {}), ...(typeof words === 'string' && words !== '' ? { search: words.slice(0, 100) } : {}) };
}

export function validateNewHoldSearch({ basis, ask }: Record<string, unknown>): NewHoldSearch {
  const known = BASES.find((one) => one === basis);
  return { ...(known ? { basis: known } : {}), ...(typeof ask === 'string' && ID.test(ask) ? { ask } : {}) };
}
