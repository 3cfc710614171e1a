/** Saved views and tours, kept on the server so that they follow the person, not the machine. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { NewTour, NewView, SavedView, Tour } from './types';

type List<K extends string, T> = T[] | Record<K, T[]>;

const rows = <K extends string, T>(list: List<K, T>, key: K): T[] => (Array.isArray(list) ? list : list[key]);

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => rows(await call<List<'views', SavedView>>('/views', { signal }), 'views'),
  staleTime: 60_000,
});

export const toursQuery = queryOptions({
  queryKey: ['tours'],
  queryFn: async ({ signal }) => rows(await call<List<'tours', Tour>>('/tours', { signal }), 'tours'),
  staleTime: 60_000,
});

export const useViews = () => useQuery(viewsQuery);
export const useTours = () => useQuery(toursQuery);

function useChange<Input, Output>(queryKey: readonly string[], change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey }) });
}

export const useCreateView = () =>
  useChange(['views'], (body: NewView) => call<SavedView>('/views', { method: 'POST', body }));
export const useChangeView = () =>
  useChange(['views'], ({ id, ...body }: NewView & { id: string }) =>
    call<SavedView>(`/views/${id}`, { method: 'PUT', body }),
  );
export const useDeleteView = () =>
  useChange(['views'], (id: string) => call<void>(`/views/${id}`, { method: 'DELETE' }));
export const useCreateTour = () =>
  useChange(['tours'], (body: NewTour) => call<Tour>('/tours', { method: 'POST', body }));
export const useChangeTour = () =>
  useChange(['tours'], ({ id, ...body }: NewTour & { id: string }) =>
    call<Tour>(`/tours/${id}`, { method: 'PUT', body }),
  );
export const useDeleteTour = () =>
  useChange(['tours'], (id: string) => call<void>(`/tours/${id}`, { method: 'DELETE' }));
