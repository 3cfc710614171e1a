/** Holds: what keeps footage without letting it out; what guards asked to be kept. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from './client';
import { useFootageAct } from './footage';
import { isAbsent } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Hold = Schemas['HoldRow'];
export type HoldDetail = Schemas['HoldDetail'];
export type HoldBody = Schemas['HoldBody'];
export type HoldReason = Schemas['ExtensionBody'];
export type HoldAsk = Schemas['HoldAskRow'];
export type HoldScope = Pick<HoldBody, 'cameras' | 'intervals'>;
export type Basis = Hold['basis'];

export const BASES: readonly Basis[] = ['unwritten_request', 'pre_investigation'];
const FRESH_MS = 15_000;

/** What the list of holds is narrowed by. */
export type HoldsWanted = { show: Schemas['HoldGroup']; search?: string };
const PAGE_ROWS = 50;

const holdQuery = (id: string) =>
  queryOptions({
    queryKey: ['footage', 'holds', id],
    queryFn: ({ signal }) => call('get', '/holds/{hold_id}', { path: { hold_id: id }, signal }),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (isAbsent(state.error) ? false : FRESH_MS),
  });

const asksQuery = queryOptions({
  queryKey: ['footage', 'hold-asks'],
  queryFn: async ({ signal }) => (await call('get', '/hold-asks', { signal })).asks,
  staleTime: FRESH_MS,
  refetchInterval: FRESH_MS, // a guard asks by themselves
});

const mineQuery = queryOptions({
  queryKey: ['footage', 'hold-asks', 'mine'],
  queryFn: async ({ signal }) => (await call('get', '/hold-asks/mine', { signal })).asks,
  staleTime: 0, // answered meanwhile, by somebody else
});

/** Those in force by their end, then the others, newest first; each page says how many of each group there are. */
export const useHolds = (wanted: HoldsWanted) =>
  useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['footage', 'holds', 'list', wanted],
      queryFn: ({ pageParam, signal }) => call('get', '/holds', { query: { ...wanted, after: pageParam, limit: PAGE_ROWS }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_after,
      staleTime: FRESH_MS,
    }),
    placeholderData: keepPreviousData,
  });
export const useHold = (id: string, isWanted = true) => useQuery({ ...holdQuery(id), enabled: isWanted });
export const useHoldAsks = (isWanted: boolean) => useQuery({ ...asksQuery, enabled: isWanted });

/** The caller's own last wishes, newest first. */
export const useMyHoldAsks = () => useQuery(mineQuery);
export const useAskForHold = () => useFootageAct((body: Schemas['HoldAskBody']) => call('post', '/hold-asks', { body }));

/** What exists of what would be held; nothing is kept by asking. */
export const useHoldPreview = (scope: HoldScope | null) =>
  useQuery({
    queryKey: ['footage', 'hold-preview', scope],
    queryFn: ({ signal }) => call('post', '/holds/preview', { body: scope as HoldScope, signal }),
    enabled: scope !== null,
    staleTime: FRESH_MS,
  });

/** `ask_id`: the wish that it answers. */
export const usePlaceHold = () =>
  useFootageAct(({ ask_id, ...body }: HoldBody & { ask_id: string | null }) =>
    ask_id === null ? call('post', '/holds', { body }) : call('post', '/hold-asks/{ask_id}/hold', { path: { ask_id }, body }),
  );
export const useExtendHold = () => useFootageAct(({ id, ...body }: HoldReason & { id: string }) => call('post', '/holds/{hold_id}/extension', { path: { hold_id: id }, body }));
export const useSignHold = () => useFootageAct((id: string) => call('post', '/holds/{hold_id}/signature', { path: { hold_id: id }, body: {} }));
export const useReleaseHold = () =>
  useFootageAct(({ id, ...body }: Schemas['ReleaseBody'] & { id: string }) => call('post', '/holds/{hold_id}/release', { path: { hold_id: id }, body }));
export const useRefuseAsk = () => useFootageAct(({ id, why }: { id: string; why: string }) => call('post', '/hold-asks/{ask_id}/refusal', { path: { ask_id: id }, body: { why } }));
