/** How the node is, as `/health` says it. */
import { useQuery } from '@tanstack/react-query';
import { call } from '@/api/client';
import type { Camera } from '@/api/types';

export interface CameraHealth extends Camera {
  is_missing: boolean;
  is_frozen: boolean;
  is_below_minimum: boolean;
  oldest_us: number | null;
  retention_days: number | null;
  gaps: { start_us: number; end_us: number | null; cause: string; detail: string }[];
}

export interface VolumeHealth {
  uuid: string;
  path_name: string;
  state: string;
  total_bytes: number;
  free_bytes: number;
  footage_bytes: number | null;
  days_until_full: number | null;
  is_retention_at_risk: boolean;
  is_measuring: boolean;
}

export interface AlarmHealth {
  code: string;
  severity: 'critical' | 'warning' | 'info';
  subject: string;
  sentence: string;
  reason: string;
  advice: string;
  since_us: number;
}

export interface Health {
  now_us: number;
  day_start_us: number;
  verdict: 'ok' | 'failing';
  cameras: CameraHealth[];
  volumes: VolumeHealth[];
  alarms: AlarmHealth[];
  recorders: { name: string; is_up: boolean; reason: string; cameras: number }[];
  unread: string[];
}

const FRESH_MS = 10_000; // events tell what changes at once; figures are looked at again

export const useHealth = (isAllowed: boolean, language: string) =>
  useQuery({
    queryKey: ['health', language],
    queryFn: ({ signal }) => call<Health>(`/health?lang=${language}`, { signal }),
    enabled: isAllowed,
    refetchInterval: FRESH_MS,
  });
