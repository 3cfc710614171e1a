/** The cameras this person may see, kept fresh by events. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { createStore } from '@/state/store';
import { serverClock } from '@/time/server-clock';
import { call } from './client';
import type { Camera } from './types';

/** Why cameras that were seen lately are not any more: a refusal's code by the camera's id. */
export const endedWhy = createStore<Readonly<Record<string, string>>>({});

async function readCameras({ signal }: { signal: AbortSignal }): Promise<Camera[]> {
  const sent_ms = performance.now();
  const list = await call('get', '/cameras', { signal });
  serverClock.answered(list.server_time_us, sent_ms);
  endedWhy.set(Object.fromEntries(list.ended.map(({ id, code }) => [id, code])));
  return list.cameras;
}

export const camerasQuery = queryOptions({ queryKey: ['cameras'], queryFn: readCameras, staleTime: 60_000 });

export const useCameras = () => useQuery(camerasQuery);
