/** Requests for footage with their letters: from registration to what exists, never a picture. */
import { infiniteQueryOptions, keepPreviousData, queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { address } from './address';
import { API, call } from './client';
import { typed } from './eyp';
import { isAbsent } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type RequestGroup = Schemas['RequestGroup'];
export type RequestCounts = Schemas['RequestCounts'];
export type RequestRow = Schemas['RequestRow'];
export type RequestDetail = Schemas['RequestDetail'];
export type RequestBody = Schemas['RequestBody'];
export type RequestCorrection = Schemas['RequestCorrectionBody'];
export type RequestStep = RequestDetail['steps'][number]['step'];
export type RequestChoices = Schemas['RequestChoices'];
export type RequestCamera = Schemas['RequestCamera'];
export type PreviewBody = Schemas['PreviewBody'];
export type CaseEvent = Schemas['EventRow'];
export type Letter = Schemas['LetterRow'];
export type AuthorityKind = Schemas['AuthorityKind'];
export type Channel = Letter['channel'];
export type Decision = 'approve' | 'return' | 'refuse';

export const AUTHORITY_KINDS: readonly AuthorityKind[] = ['prosecutor', 'law_enforcement', 'court', 'civil_administrator', 'other_official'];
export const CHANNELS: readonly Channel[] = ['ebys', 'kep', 'by_hand', 'post'];
export const LETTER_TYPES = 'application/pdf,image/png,image/jpeg,.eyp';
const FRESH_MS = 15_000;

/** Whether the clock refused: its code, or the sentence that cases of before keep for ever. */
export const isLatePapers = (why: string): boolean => why === 'papers_did_not_come' || why === 'missing papers did not come by the deadline';

/** What the work list is narrowed by. `officer`: whose work they are. */
export type RequestsWanted = { show: RequestGroup; search?: string; officer?: string };
const PAGE_ROWS = 50;

const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['footage', 'requests', id],
    queryFn: ({ signal }) => call('get', '/requests/{request_id}', { path: { request_id: id }, signal }),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (isAbsent(state.error) ? false : FRESH_MS),
  });

const choicesQuery = queryOptions({
  queryKey: ['footage', 'choices'],
  queryFn: ({ signal }) => call('get', '/requests/choices', { signal }),
  staleTime: FRESH_MS,
});

/** The work list, the first that is due on top; each page says how many requests of each group there are. */
export const useRequests = (wanted: RequestsWanted) =>
  useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['footage', 'requests', 'list', wanted],
      queryFn: ({ pageParam, signal }) => call('get', '/requests', { query: { ...wanted, after: pageParam, limit: PAGE_ROWS }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_after,
      staleTime: FRESH_MS,
      refetchInterval: FRESH_MS, // others register and decide meanwhile, which no event tells
    }),
    placeholderData: keepPreviousData,
  });
export const useRequest = (id: string) => useQuery(requestQuery(id));
export const useRequestChoices = (isWanted = true) => useQuery({ ...choicesQuery, enabled: isWanted });

/** What exists of what would be asked for; nothing is kept by asking. */
export const usePreview = (body: PreviewBody | null) =>
  useQuery({
    queryKey: ['footage', 'preview', body],
    queryFn: ({ signal }) => call('post', '/requests/preview', { body: body as PreviewBody, signal }),
    enabled: body !== null,
    staleTime: FRESH_MS,
  });

/** What exists now of what a request asks for. */
export const useAvailability = (id: string, isWanted: boolean) =>
  useQuery({
    queryKey: ['footage', 'availability', id],
    queryFn: ({ signal }) => call('get', '/requests/{request_id}/availability', { path: { request_id: id }, signal }),
    enabled: isWanted,
    staleTime: FRESH_MS,
  });

/** Any act may change what other cases say, a refused one may stand on what is old: all of them are asked anew. */
export function useFootageAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries({ queryKey: ['footage'] }) });
}

const place = (id: string) => ({ path: { request_id: id } });
type Paper = { id: string; no: string; on: string };

export const useRegister = () => useFootageAct((body: RequestBody) => call('post', '/requests', { body }));
export const useCorrectRequest = () =>
  useFootageAct(({ id, body }: { id: string; body: RequestCorrection }) => call('put', '/requests/{request_id}', { ...place(id), body }));
export const useAssignRequest = () =>
  useFootageAct(({ id, account_id }: { id: string; account_id: string }) => call('post', '/requests/{request_id}/assignment', { ...place(id), body: { account_id } }));
export const useReviewRequest = () =>
  useFootageAct(({ id, decision, words, laws, seen }: { id: string; decision: Decision; words: string; laws: string[]; seen: number }) => {
    if (decision === 'approve') return call('post', '/requests/{request_id}/approval', { ...place(id), body: { words, laws, seen } });
    if (decision === 'refuse') return call('post', '/requests/{request_id}/refusal', { ...place(id), body: { why: words, laws, seen } });
    const missing = words.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    return call('post', '/requests/{request_id}/return', { ...place(id), body: { missing, seen } });
  });
export const useCompleteRequest = () =>
  useFootageAct(({ id, words }: { id: string; words: string }) => call('post', '/requests/{request_id}/completion', { ...place(id), body: { words } }));
export const useWithdrawRequest = () =>
  useFootageAct(({ id, letter_id }: { id: string; letter_id: string }) => call('post', '/requests/{request_id}/withdrawal', { ...place(id), body: { letter_id } }));
export const useAnswerRequest = () =>
  useFootageAct(({ id, no, on }: Paper) => call('post', '/requests/{request_id}/answer', { ...place(id), body: { letter_no: no, letter_on: on } }));
export const useSearchRequest = () => useFootageAct((id: string) => call('post', '/requests/{request_id}/search', place(id)));

export const useFileLetter = () =>
  useFootageAct(({ id, file }: { id: string; file: File }) => call('put', '/letters/{letter_id}/file', { path: { letter_id: id }, file: typed(file) }));
/** The letter's PDF out of the package it came in. */
export const letterInsideAddress = (letter_id: string): string => API + address('/letters/{letter_id}/file/letter', { letter_id });
export const letterFileAddress = (letter_id: string): string => API + address('/letters/{letter_id}/file', { letter_id });
