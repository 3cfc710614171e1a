/** The hand-over of a request's packages: minutes, signature, receiver; the papers of a case and of a hold. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call, callForFile } from './client';
import { useFootageAct } from './footage';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Delivery = Schemas['DeliveryRow'];
export type DeliveryBody = Schemas['DeliveryBody'];
export type ReceiverBody = Schemas['ReceiverBody'];
export type Medium = Delivery['medium'];
export type DeliveryChannel = Delivery['channel'];
export type RecordKind = Schemas['RecordKind'];

export const MEDIA: readonly Medium[] = ['dvd', 'usb', 'disk', 'secure_link', 'kep'];
export const DELIVERY_CHANNELS: readonly DeliveryChannel[] = ['by_hand', 'post', 'kep', 'secure_link'];
const FRESH_MS = 15_000;

const deliveryQuery = (request_id: string) =>
  queryOptions({
    queryKey: ['footage', 'delivery', request_id],
    queryFn: ({ signal }) => call('get', '/requests/{request_id}/delivery', { path: { request_id }, signal }),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS, // another person signs meanwhile, which no event tells
  });

const recordsQuery = (request_id: string) =>
  queryOptions({
    queryKey: ['footage', 'records', request_id],
    queryFn: ({ signal }) => call('get', '/requests/{request_id}/records', { path: { request_id }, signal }),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

const holdRecordsQuery = (hold_id: string) =>
  queryOptions({
    queryKey: ['footage', 'hold-records', hold_id],
    queryFn: ({ signal }) => call('get', '/holds/{hold_id}/records', { path: { hold_id }, signal }),
    staleTime: FRESH_MS,
  });

export const useDelivery = (request_id: string, isWanted: boolean) => useQuery({ ...deliveryQuery(request_id), enabled: isWanted });
export const useRecords = (request_id: string) => useQuery(recordsQuery(request_id));
export const useHoldRecords = (hold_id: string) => useQuery(holdRecordsQuery(hold_id));

const place = (request_id: string) => ({ path: { request_id } });
type Of<Body> = Body & { request_id: string };

export const usePrepareDelivery = () =>
  useFootageAct(({ request_id, ...body }: Of<DeliveryBody>) => call('put', '/requests/{request_id}/delivery', { ...place(request_id), body }));
export const useSignDelivery = () => useFootageAct((request_id: string) => call('post', '/requests/{request_id}/delivery/signature', { ...place(request_id), body: {} }));
/** Sent twice it is one delivery. */
export const useHandOver = () =>
  useFootageAct(({ request_id, ...body }: Of<Schemas['HandOverBody']>) => call('post', '/requests/{request_id}/delivery/hand-over', { ...place(request_id), body }));

export const usePrintRecord = () => useFootageAct(({ request_id, kind }: Of<{ kind: RecordKind }>) => call('post', '/requests/{request_id}/records', { ...place(request_id), body: { kind } }));
export const usePrintHoldRecord = () => useFootageAct((hold_id: string) => call('post', '/holds/{hold_id}/records', { path: { hold_id } }));

/** Papers as they would be printed now: nothing is kept by asking. */
export const draftOfRecord = (request_id: string, kind: RecordKind) => callForFile('/requests/{request_id}/records/draft', { ...place(request_id), body: { kind } });
export const draftOfMinutes = (request_id: string, body: DeliveryBody) => callForFile('/requests/{request_id}/delivery/draft', { ...place(request_id), body });
export const draftOfHoldRecord = (hold_id: string) => callForFile('/holds/{hold_id}/records/draft', { path: { hold_id } });
