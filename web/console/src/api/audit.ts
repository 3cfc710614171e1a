/** The audit log: who did what. Each question asked of it is an entry itself. */
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { address } from './address';
import { API, call } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Act = Schemas['Act'];
export type Entry = Schemas['EntryRow'];
export type Viewing = Schemas['ViewingRow'];
export type Chain = Schemas['ChainAnswer'];
export type AuditNames = Schemas['Names'];

/** What a list is narrowed by; times in microseconds UTC, `end` outside. */
export type AuditWanted = {
  person?: string | undefined;
  camera?: string | undefined;
  act?: Act[] | undefined;
  right?: string | undefined;
  start?: number | undefined;
  end?: number | undefined;
  text?: string | undefined;
  refused?: boolean | undefined;
};

export const PAGE_ROWS = 100;
const LOOK_AGAIN_MS = 1_500;

export const useEntries = (wanted: AuditWanted, isWanted: boolean) =>
  useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['audit', 'entries', wanted],
      queryFn: ({ pageParam, signal }) => call('get', '/audit', { query: { ...given(wanted), ...before(pageParam), limit: PAGE_ROWS }, signal }),
      initialPageParam: null as number | null,
      getNextPageParam: (page) => page.next,
    }),
    enabled: isWanted,
  });

export const useViewings = (wanted: AuditWanted, isWanted: boolean) =>
  useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['audit', 'viewings', wanted],
      queryFn: ({ pageParam, signal }) => call('get', '/audit/viewings', { query: { ...given(wanted), ...before(pageParam), limit: PAGE_ROWS }, signal }),
      initialPageParam: null as number | null,
      getNextPageParam: (page) => page.next,
    }),
    enabled: isWanted,
  });

/** One entry by its number: the newest below the next one. */
export const useEntry = (number: number) =>
  useQuery({
    queryKey: ['audit', 'entry', number],
    queryFn: async ({ signal }) => {
      const found = (await call('get', '/audit', { query: { before: number + 1, limit: 1 }, signal })).entries[0];
      return found?.number === number ? found : null;
    },
    staleTime: Infinity, // no entry ever changes
  });

export const useAuditNames = (isWanted: boolean) =>
  useQuery({ queryKey: ['audit', 'names'], queryFn: ({ signal }) => call('get', '/audit/names', { signal }), staleTime: 60_000, enabled: isWanted });

export const useChain = (isWanted: boolean) =>
  useQuery({
    queryKey: ['audit', 'chain'],
    queryFn: ({ signal }) => call('get', '/audit/chain', { signal }),
    staleTime: 15_000,
    enabled: isWanted,
    refetchInterval: ({ state }) => (state.data?.is_verifying ? LOOK_AGAIN_MS : false),
  });

export function useVerifyChain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('post', '/audit/chain/verification'),
    onSuccess: (chain) => client.setQueryData(['audit', 'chain'], chain),
  });
}

/** Where the list as CSV is taken from; the browser fetches it by itself, as long as it may be. */
export const csvAddress = (wanted: AuditWanted): string => API + address('/audit/entries.csv', {}, given(wanted));

const before = (number: number | null) => (number === null ? {} : { before: number });

/** Without what does not narrow. */
function given({ act, ...wanted }: AuditWanted) {
  const known = Object.entries(wanted).filter(([, value]) => value !== undefined && value !== '' && value !== false);
  return { ...(Object.fromEntries(known) as Omit<AuditWanted, 'act'> & Record<never, never>), ...(act && act.length > 0 ? { act } : {}) };
}
