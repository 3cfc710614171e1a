/** The organisation, the persons in it, their accounts. */
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { AccountBody, AccountChange, PersonBody, Role, RoleBody, UnitBody } from './types';

export const PAGE_SIZE = 50;

export type PeopleWanted = { search: string; unit?: string | undefined; staff: 'staff' | 'left' | 'all'; page: number };
export type AccountsWanted = {
  search: string;
  role?: Role | undefined;
  kind?: 'personal' | 'shared' | 'service' | undefined;
  state: 'open' | 'disabled' | 'all';
  page: number;
};

export const unitsQuery = queryOptions({
  queryKey: ['people', 'units'],
  queryFn: async ({ signal }) => (await call('get', '/units', { signal })).units,
  staleTime: 30_000,
});

export const useUnits = (isAllowed = true) => useQuery({ ...unitsQuery, enabled: isAllowed });

export const usePeople = ({ page, unit, ...wanted }: PeopleWanted, isAllowed = true) =>
  useQuery({
    queryKey: ['people', 'persons', wanted, unit, page],
    queryFn: ({ signal }) =>
      call('get', '/people', {
        query: { ...wanted, ...(unit ? { unit } : {}), offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: isAllowed,
  });

export const usePerson = (id: string | undefined) =>
  useQuery({
    queryKey: ['people', 'person', id],
    queryFn: ({ signal }) => call('get', '/people/{person_id}', { path: { person_id: id ?? '' }, signal }),
    enabled: id !== undefined,
  });

export const useAccounts = ({ page, role, kind, ...wanted }: AccountsWanted, isAllowed = true) =>
  useQuery({
    queryKey: ['people', 'accounts', wanted, role, kind, page],
    queryFn: ({ signal }) =>
      call('get', '/accounts', {
        query: {
          ...wanted,
          ...(role ? { role } : {}),
          ...(kind ? { kind } : {}),
          offset: (page - 1) * PAGE_SIZE,
          limit: PAGE_SIZE,
        },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: isAllowed,
  });

export const useAccount = (id: string | undefined) =>
  useQuery({
    queryKey: ['people', 'account', id],
    queryFn: ({ signal }) => call('get', '/accounts/{account_id}', { path: { account_id: id ?? '' }, signal }),
    enabled: id !== undefined,
  });

export const useAccountSessions = (id: string, isAllowed: boolean) =>
  useQuery({
    queryKey: ['people', 'sessions', id],
    queryFn: async ({ signal }) =>
      (await call('get', '/accounts/{account_id}/sessions', { path: { account_id: id }, signal })).sessions,
    enabled: isAllowed,
  });

/** A person's account bears their name, a unit counts its staff: after a change everything here is asked again. */
function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: ['people'] }) });
}

export const useSaveUnit = (id: string | null) =>
  useChange((body: UnitBody) =>
    id === null ? call('post', '/units', { body }) : call('put', '/units/{unit_id}', { path: { unit_id: id }, body }),
  );
export const useUnitAct = (id: string) =>
  useChange((act: 'close' | 'reopen') =>
    act === 'close'
      ? call('post', '/units/{unit_id}/close', { path: { unit_id: id } })
      : call('post', '/units/{unit_id}/reopen', { path: { unit_id: id } }),
  );
export const useSavePerson = (id: string | null) =>
  useChange((body: PersonBody) =>
    id === null
      ? call('post', '/people', { body })
      : call('put', '/people/{person_id}', { path: { person_id: id }, body }),
  );
export const usePersonAct = (id: string) =>
  useChange((act: 'leave' | 'return') =>
    act === 'leave'
      ? call('post', '/people/{person_id}/leave', { path: { person_id: id } })
      : call('post', '/people/{person_id}/return', { path: { person_id: id } }),
  );
export const useCreateAccount = () => useChange((body: AccountBody) => call('post', '/accounts', { body }));
export const useChangeAccount = (id: string) =>
  useChange((body: AccountChange) => call('put', '/accounts/{account_id}', { path: { account_id: id }, body }));
export const useGiveRole = (id: string) =>
  useChange((body: RoleBody) => call('post', '/accounts/{account_id}/roles', { path: { account_id: id }, body }));
export const useTakeRole = (id: string) =>
  useChange((role: Role) =>
    call('delete', '/accounts/{account_id}/roles/{role}', { path: { account_id: id, role } }),
  );
export const useSetPassword = (id: string) =>
  useChange((password: string) =>
    call('post', '/accounts/{account_id}/password', { path: { account_id: id }, body: { password } }),
  );
export const useAccountAct = (id: string) =>
  useChange((act: 'disable' | 'enable') =>
    act === 'disable'
      ? call('post', '/accounts/{account_id}/disable', { path: { account_id: id } })
      : call('post', '/accounts/{account_id}/enable', { path: { account_id: id } }),
  );
export const useResetFactor = (id: string) =>
  useChange(() => call('delete', '/accounts/{account_id}/second-factor', { path: { account_id: id } }));
export const useEndSession = (id: string) =>
  useChange((session_id: string) =>
    call('delete', '/accounts/{account_id}/sessions/{session_id}', { path: { account_id: id, session_id } }),
  );
