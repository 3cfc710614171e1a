/** How many days a hold has left: 0 on its last day; null for what has ended. */
import type { Hold } from '@/api/holds';
import { localDay } from '@/time/local-time';

export function daysLeft({ ends_us, ended_us }: Pick<Hold, 'ends_us' | 'ended_us'>, now_us: number, zone: string): number | null {
  if (ended_us !== null) return null;
  const day = (at_us: number) => Date.parse(localDay(at_us, zone));
  return Math.max(0, Math.round((day(ends_us - 1) - day(now_us)) / 86_400_000));
}
