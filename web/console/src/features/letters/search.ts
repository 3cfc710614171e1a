/** What of the register of letters stands in the address: the filter, what is open beside the list. */
import type { LettersWanted } from '@/api/letters';

export const SHOWN = ['all', 'no_file', 'ebys_pending', 'no_request', 'overdue'] as const;
export type Shown = (typeof SHOWN)[number];
/** `open`: `new`, or the id of a letter. */
export type LettersSearch = { show?: Shown; search?: string; open?: string };

const OPEN = /^(new|[0-9a-f-]{36})$/i;

export function validateLettersSearch({ show, search: words, open }: Record<string, unknown>): LettersSearch {
  const shown = SHOWN.find((one) => one === show);
  return {
    ...(shown ? { show: shown } : {}),
    ...(typeof words === 'string' && words !== '' ? { search: words.slice(0, 100) } : {}),
    ...(typeof open === 'string' && OPEN.test(open) ? { open } : {}),
  };
}

/** What the server is asked. */
export const wantedOf = ({ show = 'all', search }: LettersSearch): LettersWanted => ({ ...(show === 'all' ? {} : { lacks: show }), ...(search ? { search } : {}) });
