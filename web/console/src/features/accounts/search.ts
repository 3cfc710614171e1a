/** What the address of `/admin/accounts` says. `person`: whom a new account is for. */
import type { AccountKind, Role } from '@/api/types';
import { pageOf } from '@/features/people/search';
import { KINDS, ROLES } from './roles';

export type AccountsSearch = {
  q?: string;
  role?: Role;
  kind?: AccountKind;
  state?: 'disabled' | 'all';
  page?: number;
  open?: string;
  person?: string;
};

export function validateAccountsSearch(search: Record<string, unknown>): AccountsSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined);
  const [q, page, open, person] = [text(search['q']), pageOf(search['page']), text(search['open']), text(search['person'])];
  const role = ROLES.find((one) => one === search['role']);
  const kind = KINDS.find((one) => one === search['kind']);
  const state = search['state'] === 'disabled' || search['state'] === 'all' ? search['state'] : undefined;
  return {
    ...(q ? { q } : {}), ...(role ? { role } : {}), ...(kind ? { kind } : {}), ...(state ? { state } : {}),
    ...(page ? { page } : {}), ...(open ? { open } : {}), ...(person ? { person } : {}),
  };
}
