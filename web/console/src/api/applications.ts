/** Applications of citizens, companies, data subjects: registered, answered, never with footage. */
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call } from './client';
import { useFootageAct } from './footage';
import type { Request } from './routes';
import type { components } from './schema';

export type Application = components['schemas']['ApplicationRow'];
export type ApplicationBody = Request<'post', '/applications'>['body'];
export type ApplicationAnswer = components['schemas']['ApplicationAnswerBody'];

export const APPLICANTS: readonly Application['kind'][] = ['citizen', 'company', 'public_body', 'data_subject'];
export const APPLICATION_CHANNELS: readonly Application['channel'][] = ['cimer', 'call_centre', 'e_municipality', 'mobile', 'web', 'petition'];
const FRESH_MS = 15_000;

/** What the list of applications is narrowed by. */
export type ApplicationsWanted = { show: components['schemas']['ApplicationGroup']; search?: string };
const PAGE_ROWS = 50;

/** Those that wait by their due time, then the others, newest first; each page says how many of each group there are. */
export const useApplications = (wanted: ApplicationsWanted) =>
  useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['footage', 'applications', 'list', wanted],
      queryFn: ({ pageParam, signal }) => call('get', '/applications', { query: { ...wanted, after: pageParam, limit: PAGE_ROWS }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_after,
      staleTime: FRESH_MS,
    }),
    placeholderData: keepPreviousData,
  });
export const useRegisterApplication = () => useFootageAct((body: ApplicationBody) => call('post', '/applications', { body }));
export const useAnswerApplication = () =>
  useFootageAct(({ id, ...body }: ApplicationAnswer & { id: string }) => call('post', '/applications/{application_id}/answer', { path: { application_id: id }, body }));
