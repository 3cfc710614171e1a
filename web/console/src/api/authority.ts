/** The papers by which people see: grants, assignments, agreements, reviews. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { API, call } from './client';
import { isAbsent } from './problem';
import type { Request } from './routes';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Grant = Schemas['GrantRow'];
export type GrantDetail = Schemas['GrantDetail'];
export type GrantBody = Schemas['GrantBody'];
export type GrantContent = Schemas['GrantContent'];
export type GrantState = Grant['state'];
export type Choices = Schemas['Choices'];
export type AccountChoice = Schemas['AccountChoice'];
export type CameraChoice = Schemas['CameraChoice'];
export type Post = Schemas['PostRow'];
export type Assignment = Schemas['AssignmentRow'];
export type AssignmentBody = Request<'post', '/assignments'>['body'];
export type MyPaper = Schemas['MyPaper'];
export type UnitPerson = Schemas['UnitPerson'];
export type UnitPaper = Schemas['UnitPaper'];
export type SharedAccount = Schemas['SharedAccountRow'];
export type ReviewBody = Schemas['ReviewBody'];

const FRESH_MS = 15_000;

export const grantsQuery = queryOptions({
  queryKey: ['authority', 'grants'],
  queryFn: async ({ signal }) => (await call('get', '/grants', { signal })).grants,
  staleTime: FRESH_MS,
});

export const grantQuery = (id: string) =>
  queryOptions({
    queryKey: ['authority', 'grants', id],
    queryFn: ({ signal }) => call('get', '/grants/{grant_id}', { path: { grant_id: id }, signal }),
    staleTime: FRESH_MS,
    // What is open on it changes by itself; what is not there does not come.
    refetchInterval: ({ state }) => (isAbsent(state.error) ? false : FRESH_MS),
  });

export const choicesQuery = queryOptions({
  queryKey: ['authority', 'choices'],
  queryFn: ({ signal }) => call('get', '/authority/choices', { signal }),
  staleTime: FRESH_MS,
});

export const assignmentsQuery = queryOptions({
  queryKey: ['authority', 'assignments'],
  queryFn: ({ signal }) => call('get', '/assignments', { signal }),
  staleTime: FRESH_MS,
});

export const sharedAccountsQuery = queryOptions({
  queryKey: ['authority', 'shared-accounts'],
  queryFn: async ({ signal }) => (await call('get', '/shared-accounts', { signal })).accounts,
  staleTime: FRESH_MS,
});

export const myAuthorityQuery = queryOptions({
  queryKey: ['authority', 'mine'],
  queryFn: ({ signal }) => call('get', '/my-authority', { signal }),
  staleTime: FRESH_MS,
});

export const myUnitQuery = queryOptions({
  queryKey: ['authority', 'my-unit'],
  queryFn: ({ signal }) => call('get', '/my-unit', { signal }),
  staleTime: FRESH_MS,
});

export const useGrants = () => useQuery(grantsQuery);
export const useGrant = (id: string) => useQuery(grantQuery(id));
export const useChoices = () => useQuery(choicesQuery);
export const useAssignments = () => useQuery(assignmentsQuery);
export const useSharedAccounts = () => useQuery(sharedAccountsQuery);
export const useMyAuthority = () => useQuery(myAuthorityQuery);
export const useMyUnit = (isWanted: boolean) => useQuery({ ...myUnitQuery, enabled: isWanted });

/** Where the list of what ran out without an application is, for spreadsheets. */
export const unrenewedCsv = `${API}/grants/unrenewed.csv`;

/** Any act may change what other papers say: all of them are asked anew. */
export function useAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: () => client.invalidateQueries({ queryKey: ['authority'] }) });
}

const place = (id: string) => ({ path: { grant_id: id } });

export const useEnterGrant = () => useAct((body: GrantBody) => call('post', '/grants', { body }));
export const useActivate = () => useAct((id: string) => call('post', '/grants/{grant_id}/activation', place(id)));
export const useReinstate = () => useAct((id: string) => call('post', '/grants/{grant_id}/reinstatement', place(id)));
export const useCancelGrant = () =>
  useAct(({ id, why }: { id: string; why: string }) => call('post', '/grants/{grant_id}/cancellation', { ...place(id), body: { why } }));
export const useEndGrant = () =>
  useAct(({ id, ending, why }: { id: string; ending: 'withdrawal' | 'suspension'; why: string }) =>
    call('post', '/grants/{grant_id}/end/{ending}', { path: { grant_id: id, ending }, body: { why } }),
  );
export const useRenewGrant = () =>
  useAct(({ id, ...body }: Schemas['RenewalBody'] & { id: string }) => call('post', '/grants/{grant_id}/renewal', { ...place(id), body }));
export const useCorrectGrant = () =>
  useAct(({ id, ...body }: Schemas['GrantCorrection'] & { id: string }) => call('put', '/grants/{grant_id}', { ...place(id), body }));

export const useReplacePerson = () =>
  useAct(({ id, ...body }: GrantBody & { id: string }) => call('post', '/grants/{grant_id}/replacement', { ...place(id), body }));
export const useChangeScope = () =>
  useAct(({ id, ...body }: GrantContent & { id: string }) => call('post', '/grants/{grant_id}/scope', { ...place(id), body }));

export const useRecordAgreement = () => useAct((body: Schemas['AgreementBody']) => call('post', '/agreements', { body }));
export const useReportDutyChange = () => useAct((body: Schemas['DutyChangeBody']) => call('post', '/duty-changes', { body }));

export const useAssign = () => useAct((body: AssignmentBody) => call('post', '/assignments', { body }));
export const useEndAssignment = () =>
  useAct(({ id, why }: { id: string; why: string }) =>
    call('post', '/assignments/{assignment_id}/end', { path: { assignment_id: id }, body: { why } }),
  );
export const useOpenPost = () => useAct((body: Schemas['PostBody']) => call('post', '/posts', { body }));
export const useChangePost = () =>
  useAct(({ id, cameras }: { id: string; cameras: string[] }) =>
    call('put', '/posts/{post_id}/cameras', { path: { post_id: id }, body: { cameras } }),
  );
export const useClosePost = () =>
  useAct(({ id, why }: { id: string; why: string }) => call('post', '/posts/{post_id}/closing', { path: { post_id: id }, body: { why } }));

export const useReview = () =>
  useAct(({ id, ...body }: ReviewBody & { id: string }) =>
    call('post', '/shared-accounts/{account_id}/reviews', { path: { account_id: id }, body }),
  );
