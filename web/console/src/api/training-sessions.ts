/** Trainings in a room: who attended, correcting, calling off. Printing their forms is `papers.ts`. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import { PAGE_SIZE } from './people';
import type { components } from './schema';

type Schemas = components['schemas'];
export type TrainingSession = Schemas['TrainingSessionRow'];
export type SessionBody = Schemas['TrainingSessionBody'];
export type Trainee = Schemas['Trainee'];

export const useTrainingSessions = (page: number) =>
  useQuery({
    queryKey: ['training', 'sessions', page],
    queryFn: ({ signal }) => call('get', '/training/sessions', { query: { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }, signal }),
    placeholderData: keepPreviousData,
  });

/** Who may be chosen; the server searches. */
export const useTrainees = (search: string) =>
  useQuery({
    queryKey: ['training', 'people', search],
    queryFn: async ({ signal }) => (await call('get', '/training/people', { query: { search }, signal })).people,
    placeholderData: keepPreviousData,
  });

/** A training changes when people were trained last: their pages are asked again as well. */
function useAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const again = () => Promise.all(['training', 'people'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  return useMutation({ mutationFn: act, onSuccess: again });
}

export const useSaveSession = (id: string | null) =>
  useAct((body: SessionBody) =>
    id === null ? call('post', '/training/sessions', { body }) : call('put', '/training/sessions/{session_id}', { path: { session_id: id }, body }),
  );
export const useCallOff = (id: string) =>
  useAct((why: string) => call('post', '/training/sessions/{session_id}/calling-off', { path: { session_id: id }, body: { why } }));
