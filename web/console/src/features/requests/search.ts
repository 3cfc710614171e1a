/** What of the work list stands in the address, so that a colleague can be sent it. */
import type { RequestsWanted } from '@/api/footage';

export const SHOWN = ['open', 'overdue', 'today', 'signature', 'closed', 'all'] as const;
export type Shown = (typeof SHOWN)[number];
export type RequestsSearch = { show?: Shown; officer?: 'me'; search?: string };

export function validateRequestsSearch(search: Record<string, unknown>): RequestsSearch {
  const { show, officer, search: words } = search;
  const shown = SHOWN.find((one) => one === show);
  return {
    ...(shown ? { show: shown } : {}),
    ...(officer === 'me' ? { officer } : {}),
    ...(typeof words === 'string' && words !== '' ? { search: words.slice(0, 100) } : {}),
  };
}

/** What the server is asked; `my_id`: whose work is mine. */
export const wantedOf = ({ show = 'open', officer, search }: RequestsSearch, my_id: string | undefined): RequestsWanted => ({
  show,
  ...(search ? { search } : {}),
  ...(officer === 'me' && my_id !== undefined ? { officer: my_id } : {}),
});

/** `letter`: the registered letter that the new request stands on. */
export type NewRequestSearch = { letter?: string };

const ID = /^[0-9a-f-]{36}$/i;

export const validateNewRequestSearch = ({ letter }: Record<string, unknown>): NewRequestSearch => (typeof letter === 'string' && ID.test(letter) ? { letter } : {});

/** `new`: it was registered this moment. */
export type RequestSearch = { new?: true };

export const validateRequestSearch = (search: Record<string, unknown>): RequestSearch => (search['new'] === true ? { new: true } : {});
