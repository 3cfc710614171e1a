/** Where a package stands, as a person is told it: what is done with it now, how far that is. */
import type { ExportRow } from '@/api/exports';

/** `leaving`: it is due to be destroyed and still there. `given_up`: the others are given without it. */
export type Stage = 'waiting' | 'checking' | 'copying' | 'sealing' | 'ready' | 'failed' | 'leaving' | 'purged' | 'given_up';

type Package = Pick<ExportRow, 'state' | 'planned_bytes' | 'done_bytes' | 'purge_why'> & Partial<Pick<ExportRow, 'given_up_reason'>>;

/** What was read and encrypted so far lies in `done_bytes`; behind the last film come manifest, signature and hash. */
export function stageOf({ state, planned_bytes, done_bytes, purge_why, given_up_reason }: Package): Stage {
  if (given_up_reason) return 'given_up';
  if (state === 'purged') return 'purged';
  if (purge_why !== null) return 'leaving';
  if (state !== 'building') return state;
  if (planned_bytes === null || done_bytes === 0) return 'checking';
  return done_bytes < planned_bytes ? 'copying' : 'sealing';
}

/** Whole percent of what is to be written; null while that is not known. A hundred is said of a finished package only. */
export function percentOf(one: Package): number | null {
  const stage = stageOf(one);
  if (stage === 'ready') return 100;
  if (one.planned_bytes === null || one.planned_bytes <= 0 || (stage !== 'copying' && stage !== 'sealing')) return null;
  return Math.min(99, Math.floor((one.done_bytes / one.planned_bytes) * 100));
}

/** The packages that count: one that was replaced or given up is kept as a line, and waited for by nobody. */
export const counted = <One extends Package>(all: readonly One[]): One[] => all.filter((one) => one.purge_why !== 'replaced');

export type Amount = { inAll: number; ready: number; failed: number; percent: number | null };

/** All packages of a request that are there to be given, together. `percent` null: not known of each of them yet. */
export function amountOf(all: readonly Package[]): Amount {
  const wanted = all.filter((one) => one.purge_why === null);
  const planned = wanted.reduce<number | null>((sum, one) => (sum === null || one.planned_bytes === null ? null : sum + one.planned_bytes), 0);
  const done = wanted.reduce((sum, one) => sum + (one.state === 'ready' ? (one.planned_bytes ?? 0) : one.done_bytes), 0);
  const isDone = wanted.length > 0 && wanted.every((one) => one.state === 'ready');
  return {
    inAll: wanted.length,
    ready: wanted.filter((one) => one.state === 'ready').length,
    failed: wanted.filter((one) => one.state === 'failed').length,
    percent: isDone ? 100 : planned === null || planned <= 0 ? null : Math.min(99, Math.floor((done / planned) * 100)),
  };
}

/** What is read out: each quarter once, not every percent. */
export const quarterOf = (percent: number | null): number => (percent === null ? 0 : Math.floor(percent / 25) * 25);
