/** A package went on, as `/events` tells it: bytes are put where they are shown; whatever else changed is asked anew. */
import type { QueryClient } from '@tanstack/react-query';
import type { components } from './schema';
import type { Events } from './types';

type ExportRow = components['schemas']['ExportRow'];

export const exportsKey = (request_id: string) => ['footage', 'exports', request_id] as const;

export function exportWent(client: QueryClient, { request_id, number, state, planned_bytes, done_bytes, failure, is_to_go, begun_us, taken_us }: Events['export']): void {
  const key = exportsKey(request_id);
  const known = client.getQueryData<ExportRow[]>(key)?.find((one) => one.number === number);
  const isSame =
    known?.state === state && (known.purge_why !== null) === is_to_go && known.failure === failure && known.begun_us === begun_us && known.taken_us === taken_us;
  if (isSame) {
    client.setQueryData<ExportRow[]>(key, (old) => old?.map((one) => (one.number === number ? { ...one, planned_bytes, done_bytes } : one)));
  } else void client.invalidateQueries({ queryKey: ['footage'] });
}
