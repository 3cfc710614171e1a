/** What became of the requests of a period, by who asked and by month: counts, no names. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { address } from './address';
import { API, call } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type FootageStatistics = Schemas['FootageStatistics'];
export type Counts = Schemas['CountsRow'];
/** Two days, both inside. */
export type Period = { from: string; until: string };

export const OUTCOMES = ['delivered', 'unavailable', 'refused', 'withdrawn', 'open'] as const;

export const useFootageStatistics = (period: Period | null) =>
  useQuery({
    queryKey: ['footage', 'statistics', period],
    queryFn: ({ signal }) => call('get', '/footage-statistics', { query: period as Period, signal }),
    enabled: period !== null,
    placeholderData: keepPreviousData,
  });

export const statisticsCsv = (period: Period): string => API + address('/footage-statistics.csv', {}, period);
