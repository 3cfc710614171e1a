/** The date of a paper as people write it. */
import { dayOf } from './format';

/** `28.11.2026` or `28 Nov 2026` of `2026-11-28`; a dash where there is none. Noon: the same day in every zone shown. */
export function paperDay(day: string | null | undefined, language: string): string {
  if (!day) return '—';
  const noon_ms = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(noon_ms) ? day : dayOf(noon_ms * 1000, language);
}
