/** Saved views and tours, kept on the server so that they follow the person, not the machine. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { NewTour, NewView } from './types';

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await call('get', '/views', { signal })).views,
  staleTime: 60_000,
});

export const toursQuery = queryOptions({
  queryKey: ['tours'],
  queryFn: async ({ signal }) => (await call('get', '/tours', { signal })).tours,
  staleTime: 60_000,
});

export const useViews = () => useQuery(viewsQuery);
export const useTours = () => useQuery(toursQuery);

function useChange<Input, Output>(queryKey: readonly string[], change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey }) });
}

export const useCreateView = () =>
  useChange(['views'], (body: NewView) => call('post', '/views', { body }));
export const useChangeView = () =>
  useChange(['views'], ({ id, ...body }: NewView & { id: string }) =>
    call('put', '/views/{view_id}', { path: { view_id: id }, body }),
  );
export const useDeleteView = () =>
  useChange(['views'], (id: string) => call('delete', '/views/{view_id}', { path: { view_id: id } }));
export const useCreateTour = () =>
  useChange(['tours'], (body: NewTour) => call('post', '/tours', { body }));
export const useChangeTour = () =>
  useChange(['tours'], ({ id, ...body }: NewTour & { id: string }) =>
    call('put', '/tours/{tour_id}', { path: { tour_id: id }, body }),
  );
export const useDeleteTour = () =>
  useChange(['tours'], (id: string) => call('delete', '/tours/{tour_id}', { path: { tour_id: id } }));
