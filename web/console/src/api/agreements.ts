/** Who signed the confidentiality agreement, which text is signed. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useAct } from './authority';
import { call } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Agreement = Schemas['AgreementRow'];

const FRESH_MS = 15_000;

const agreementsQuery = queryOptions({
  queryKey: ['authority', 'agreements'],
  queryFn: ({ signal }) => call('get', '/agreements', { signal }),
  staleTime: FRESH_MS,
});

export const useAgreements = () => useQuery(agreementsQuery);

export const useWithdrawAgreement = () =>
  useAct(({ id, why }: { id: string; why: string }) =>
    call('post', '/agreements/{agreement_id}/withdrawal', { path: { agreement_id: id }, body: { why } }),
  );
export const useIntroduceText = () => useAct((body: Schemas['TextBody']) => call('post', '/agreement-texts', { body }));
