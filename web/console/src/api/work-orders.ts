/** Work orders: a technician sees one camera while the work at it lasts. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useAct } from './authority';
import { call } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type WorkOrder = Schemas['WorkOrderRow'];
export type WorkOrderBody = Schemas['WorkOrderBody'];
export type WorkChoices = Schemas['WorkChoices'];
export type Work = Schemas['Work'];

export const WORKS: readonly Work[] = ['fault', 'maintenance', 'weekly_check', 'acceptance'];
const FRESH_MS = 15_000;

const ordersQuery = queryOptions({
  queryKey: ['authority', 'work-orders'],
  queryFn: async ({ signal }) => (await call('get', '/work-orders', { signal })).orders,
  staleTime: FRESH_MS,
  refetchInterval: FRESH_MS, // one that is over goes to the others by itself
});

const choicesQuery = queryOptions({
  queryKey: ['authority', 'work-choices'],
  queryFn: ({ signal }) => call('get', '/work-orders/choices', { signal }),
  staleTime: FRESH_MS,
});

export const useWorkOrders = () => useQuery(ordersQuery);
export const useWorkChoices = () => useQuery(choicesQuery);

export const useOpenWorkOrder = () => useAct((body: WorkOrderBody) => call('post', '/work-orders', { body }));
export const useCloseWorkOrder = () =>
  useAct(({ id, why }: { id: string; why: string }) => call('post', '/work-orders/{order_id}/closing', { path: { order_id: id }, body: { why } }));
