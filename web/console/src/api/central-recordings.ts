/** Cameras of other units that are recorded by this server for a time (D-12.4b). */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type CentralRecordings = Schemas['CentralRecordings'];
export type CentralRecording = Schemas['CentralRecordingRow'];
export type CentralRecordingBody = Schemas['CentralRecordingBody'];

const FRESH_MS = 15_000; // they begin and end by the clock

const centralQuery = (id: string) =>
  queryOptions({
    queryKey: ['central-recordings', id],
    queryFn: ({ signal }) => call('get', '/camera-register/{camera_id}/central-recordings', { path: { camera_id: id }, signal }),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });

export const useCentralRecordings = (id: string) => useQuery(centralQuery(id));

/** Whether a camera is recorded stands in lists of every kind: all of them are read anew. */
function useOrdering<Input>(act: (input: Input) => Promise<CentralRecordings>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries() });
}

export const useRecordCentrally = () =>
  useOrdering(({ id, ...body }: CentralRecordingBody & { id: string }) =>
    call('post', '/camera-register/{camera_id}/central-recordings', { path: { camera_id: id }, body }),
  );
export const useEndCentralRecording = () =>
  useOrdering(({ id, recording, why }: { id: string; recording: string; why: string }) =>
    call('post', '/camera-register/{camera_id}/central-recordings/{recording_id}/end', { path: { camera_id: id, recording_id: recording }, body: { why } }),
  );
