/** Packages of a request's footage: ordered, built, taken, gone. How far one is, and how far it was taken, comes by `/events` (`export-events.ts`). */
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { address } from './address';
import { API, call } from './client';
import { exportsKey } from './export-events';
import { useFootageAct } from './footage';
import type { components } from './schema';

type Schemas = components['schemas'];
export type ExportRow = Schemas['ExportRow'];
export type ExportWarning = Schemas['ExportWarningRow'];
type OrderBody = Schemas['ExportBody'];

const FRESH_MS = 15_000;
const PAPER_MS = 3_000;

/** A copy is gone and its record not printed yet: that takes a moment, and no event tells of it. */
const lacksRecord = (one: ExportRow): boolean => one.purged_us !== null && one.sha256 !== null && one.destruction === null;

const exportsQuery = (request_id: string) =>
  queryOptions({
    queryKey: exportsKey(request_id),
    queryFn: ({ signal }) => call('get', '/requests/{request_id}/exports', { path: { request_id }, signal }),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (state.data?.some(lacksRecord) ? PAPER_MS : false),
  });

export const useExports = (request_id: string, isWanted: boolean) => useQuery({ ...exportsQuery(request_id), enabled: isWanted });

/** What ordering would take, what room there is for it; `derived`: cameras of which there is to be a copy too. */
export const useEstimate = (request_id: string, derived: readonly string[] = []) =>
  useQuery({
    queryKey: ['footage', 'estimate', request_id, ...derived],
    queryFn: ({ signal }) => call('get', '/requests/{request_id}/exports/estimate', { path: { request_id }, query: { derived: [...derived] }, signal }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });

type Named = { request_id: string; number: number };
const place = (one: Named) => ({ path: one });

export const useOrderExports = () =>
  useFootageAct(({ request_id, ...body }: { request_id: string } & OrderBody) => call('post', '/requests/{request_id}/exports', { path: { request_id }, body }));
export const useRetryExport = () => useFootageAct((one: Named) => call('post', '/requests/{request_id}/exports/{number}/retry', place(one)));
export const useReplaceExport = () => useFootageAct((one: Named) => call('post', '/requests/{request_id}/exports/{number}/replacement', place(one)));

export const useGiveUpExport = () =>
  useFootageAct(({ why, ...one }: Named & { why: string }) => call('post', '/requests/{request_id}/exports/{number}/abandonment', { ...place(one), body: { why } }));

/** Each showing is written down. The answer is kept nowhere but where it is shown. */
export function usePassphrase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (one: Named) => call('post', '/requests/{request_id}/exports/{number}/passphrase', place(one)),
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: ['footage'] }), // seen, its package may be handed over
  });
}

export const exportAddress = ({ request_id, number }: Named): string => API + address('/requests/{request_id}/exports/{number}/file', { request_id, number: String(number) });
