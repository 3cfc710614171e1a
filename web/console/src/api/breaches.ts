/** Breaches of confidentiality: what was recorded, recording, correcting. Printing them is `papers.ts`. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import { PAGE_SIZE } from './people';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Breach = Schemas['BreachRow'];
export type BreachBody = Schemas['BreachBody'];
export type EvidenceBody = Schemas['EvidenceBody'];
export type EntryFacts = Schemas['EntryFacts'];

export const useBreaches = (page: number, isAllowed: boolean) =>
  useQuery({
    queryKey: ['breaches', 'list', page],
    queryFn: ({ signal }) => call('get', '/breaches', { query: { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
    enabled: isAllowed,
  });

/** What an entry of the audit log tells who records a breach that begins with it; each asking is logged. */
export const useEntryFacts = (number: number | undefined) =>
  useQuery({
    queryKey: ['audit', 'of-breach', number],
    queryFn: ({ signal }) => call('get', '/breaches/entries/{number}', { path: { number: number ?? 0 }, signal }),
    enabled: number !== undefined,
    staleTime: Infinity, // no entry ever changes
    retry: false,
  });

export function useSaveBreach(id: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BreachBody) =>
      id === null ? call('post', '/breaches', { body }) : call('put', '/breaches/{breach_id}', { path: { breach_id: id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['breaches'] }),
  });
}
