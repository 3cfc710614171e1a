/** The municipality's entry in its service catalogue, with the laws that the service stands on. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';

export type Law = components['schemas']['LawRow'];

const serviceQuery = queryOptions({
  queryKey: ['service'],
  queryFn: ({ signal }) => call('get', '/service', { signal }),
  staleTime: Number.POSITIVE_INFINITY, // the settings behind it count once the console has begun anew
});

export const useService = () => useQuery(serviceQuery);
