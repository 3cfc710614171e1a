/** What everybody has to know, keeping it, who does not know it yet. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { API, call } from './client';
import { Problem, problemOf } from './problem';
import type { components } from './schema';

type Schemas = components['schemas'];
export type MyTraining = Schemas['MyTraining'];
export type Material = Schemas['MaterialRow'];
export type MaterialBody = Schemas['MaterialBody'];
export type TrainingVersion = Schemas['VersionRow'];
export type MissingTraining = Schemas['MissingTrainingRow'];
export type Topic = Schemas['Topic'];

export const TOPICS: readonly Topic[] = ['signing_in', 'viewing', 'faults', 'contacts'];
export const FILE_TYPES = ['application/pdf', 'video/mp4', 'video/webm'];

const myTrainingQuery = queryOptions({
  queryKey: ['training', 'mine'],
  queryFn: async ({ signal }) => (await call('get', '/training', { signal })).materials,
});

const materialsQuery = queryOptions({
  queryKey: ['training', 'materials'],
  queryFn: async ({ signal }) => (await call('get', '/training/materials', { signal })).materials,
});

const missingQuery = queryOptions({
  queryKey: ['training', 'missing'],
  queryFn: async ({ signal }) => (await call('get', '/training/missing', { signal })).missing,
});

export const useMyTraining = () => useQuery(myTrainingQuery);
export const useMaterials = () => useQuery(materialsQuery);
export const useMissingTraining = () => useQuery(missingQuery);

/** Where a version's file is; the server sends films in ranges. */
export const fileAddress = (versionId: string) => `${API}/training/versions/${encodeURIComponent(versionId)}/file`;
export const missingCsv = `${API}/training/missing.csv`;

/** Any act changes what is to be read and what waits for people. */
function useAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const again = () =>
    Promise.all([client.invalidateQueries({ queryKey: ['training'] }), client.invalidateQueries({ queryKey: ['authority', 'reminders'] })]);
  return useMutation({ mutationFn: act, onSuccess: again });
}

const place = (id: string) => ({ path: { material_id: id } });

export const useAcknowledge = () =>
  useAct((id: string) => call('post', '/training/versions/{version_id}/acknowledgement', { path: { version_id: id } }));
export const useAddMaterial = () => useAct((body: MaterialBody) => call('post', '/training/materials', { body }));
export const usePublish = () => useAct((id: string) => call('post', '/training/materials/{material_id}/publication', place(id)));
export const useWithdraw = () => useAct((id: string) => call('post', '/training/materials/{material_id}/withdrawal', place(id)));
export const useUpload = () => useAct(upload);

/** The file as it is; a long one takes minutes, so no time-out ends it. Throws `Problem`. */
async function upload({ id, file }: { id: string; file: File }): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(`${API}/training/materials/${encodeURIComponent(id)}/file`, {
      method: 'PUT',
      credentials: 'same-origin',
      headers: { Accept: 'application/json', 'Accept-Language': document.documentElement.lang, 'Content-Type': file.type || 'application/octet-stream' },
      body: file,
    });
  } catch {
    throw new Problem(0, 'offline', '');
  }
  if (!answer.ok) throw await problemOf(answer);
}
