/** The register of cameras: which there are, where each of them stood when. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type CameraHistory = Schemas['CameraHistory'];
export type Placement = Schemas['PlacementRow'];
export type Stood = Schemas['StoodRow'];
export type MoveBody = Schemas['MoveBody'];
export type CorrectionBody = Schemas['CorrectionBody'];

const FRESH_MS = 15_000;

const registerQuery = queryOptions({
  queryKey: ['camera-register'],
  queryFn: async ({ signal }) => (await call('get', '/camera-register', { signal })).cameras,
  staleTime: FRESH_MS,
});

const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ['camera-register', id],
    queryFn: ({ signal }) => call('get', '/camera-register/{camera_id}', { path: { camera_id: id }, signal }),
    staleTime: FRESH_MS,
  });

export const useCameraRegister = (isWanted: boolean) => useQuery({ ...registerQuery, enabled: isWanted });
export const useCameraHistory = (id: string, isWanted: boolean) => useQuery({ ...historyQuery(id), enabled: isWanted });

/** What a camera is called stands in lists of every kind: all of them are read anew. */
function usePlacing<Input>(act: (input: Input) => Promise<CameraHistory>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => client.invalidateQueries() }); // a refusal says that it is another by now
}

export const useMoveCamera = () =>
  usePlacing(({ id, ...body }: MoveBody & { id: string }) => call('post', '/camera-register/{camera_id}/placements', { path: { camera_id: id }, body }));
export const useCorrectPlacement = () =>
  usePlacing(({ id, placement, ...body }: CorrectionBody & { id: string; placement: string }) =>
    call('put', '/camera-register/{camera_id}/placements/{placement_id}', { path: { camera_id: id, placement_id: placement }, body }),
  );
