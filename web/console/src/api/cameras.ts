/** The cameras this person may see, kept fresh by events. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { serverClock } from '@/time/server-clock';
import { call } from './client';
import type { Camera } from './types';

async function readCameras({ signal }: { signal: AbortSignal }): Promise<Camera[]> {
  const sent_ms = performance.now();
  const list = await call('get', '/cameras', { signal });
  serverClock.answered(list.server_time_us, sent_ms);
  return list.cameras;
}

export const camerasQuery = queryOptions({ queryKey: ['cameras'], queryFn: readCameras, staleTime: 60_000 });

export const useCameras = () => useQuery(camerasQuery);
