/** Applications of citizens, companies, data subjects: registered, answered, never with footage. */
import { queryOptions, useQuery } from '@tanstack/react-query';
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

const applicationsQuery = queryOptions({
  queryKey: ['footage', 'applications'],
  queryFn: async ({ signal }) => (await call('get', '/applications', { signal })).applications,
  staleTime: FRESH_MS,
});

export const useApplications = () => useQuery(applicationsQuery);
export const useRegisterApplication = () => useFootageAct((body: ApplicationBody) => call('post', '/applications', { body }));
export const useAnswerApplication = () =>
  useFootageAct(({ id, ...body }: ApplicationAnswer & { id: string }) => call('post', '/applications/{application_id}/answer', { path: { application_id: id }, body }));
