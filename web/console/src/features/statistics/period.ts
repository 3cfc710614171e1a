/** The days that are counted, as the address holds them: this year until today, unless it says others. */
import type { Period } from '@/api/footage-statistics';

export type StatisticsSearch = { from?: string; until?: string };

const DAY = /^\d{4}-\d\d-\d\d$/;
const isDay = (value: unknown): value is string => typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(`${value}T12:00:00Z`));

export const validateStatisticsSearch = ({ from, until }: Record<string, unknown>): StatisticsSearch => ({ ...(isDay(from) ? { from } : {}), ...(isDay(until) ? { until } : {}) });

/** `today`: the day there. Null while the last day is before the first. */
export function periodOf({ from, until }: StatisticsSearch, today: string): { period: Period | null; from: string; until: string } {
  const [first, last] = [from ?? `${today.slice(0, 4)}-01-01`, until ?? today];
  return { period: first <= last ? { from: first, until: last } : null, from: first, until: last };
}
