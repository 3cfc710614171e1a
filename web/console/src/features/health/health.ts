/** How the node is, as `/health` says it. */
import { useQuery } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { Language } from '@/api/types';

export type { AlarmHealth, CameraHealth, Health, VolumeHealth } from '@/api/types';

const FRESH_MS = 10_000; // events tell what changes at once; figures are looked at again

export const useHealth = (isAllowed: boolean, language: Language) =>
  useQuery({
    queryKey: ['health', language],
    queryFn: ({ signal }) => call('get', '/health', { query: { lang: language }, signal }),
    enabled: isAllowed,
    refetchInterval: FRESH_MS,
  });
