/** What is asked for or kept: cameras, each in the same intervals, as a form holds it. */
import { momentOf, type Typed, UNTYPED, whyNoMoment } from '@/time/moment';
import { LONGEST_US, MOST_CAMERAS, MOST_INTERVALS, MOST_ITEMS } from './rules';

export type IntervalDraft = { from: Typed; until: Typed };
export type ScopeDraft = { cameras: string[]; intervals: IntervalDraft[] };
export type Interval = { from_us: number; until_us: number };

export const NO_INTERVAL: IntervalDraft = { from: UNTYPED, until: UNTYPED };
export const NO_SCOPE: ScopeDraft = { cameras: [], intervals: [NO_INTERVAL] };

/** By what is wrong with it, which field: of an interval `from.0`, `until.0`. */
export type Wrongs = Partial<Record<string, string>>;

/** The intervals as the server takes them; null while one of them is none. */
export function intervalsOf({ intervals }: ScopeDraft, zone: string): Interval[] | null {
  const found = intervals.map(({ from, until }) => ({ from_us: momentOf(from, zone), until_us: momentOf(until, zone) }));
  return found.every((one): one is Interval => one.from_us !== null && one.until_us !== null && one.from_us < one.until_us) ? found : null;
}

/**
 * What keeps the scope from being sent, by field.
 *
 * `latest`: what no interval may pass, with the code of the refusal: the service of a letter, now for a hold.
 */
export function wrongsOfScope(scope: ScopeDraft, zone: string, latest: { at_us: number; code: string } | null): Wrongs {
  const wrongs: Wrongs = {};
  if (scope.cameras.length === 0) wrongs['cameras'] = 'cameras_missing';
  else if (scope.cameras.length > MOST_CAMERAS) wrongs['cameras'] = 'cameras_too_many';
  else if (scope.cameras.length * scope.intervals.length > MOST_ITEMS) wrongs['cameras'] = 'items_too_many';
  if (scope.intervals.length > MOST_INTERVALS) wrongs['intervals'] = 'intervals_too_many';
  scope.intervals.forEach((one, index) => {
    const [from, until] = [whyNoMoment(one.from, zone), whyNoMoment(one.until, zone)];
    if (from) wrongs[`from.${index}`] = from;
    const wrong = until ?? (from ? null : wrongEnd(one, zone, latest));
    if (wrong) wrongs[`until.${index}`] = wrong;
  });
  return wrongs;
}

function wrongEnd({ from, until }: IntervalDraft, zone: string, latest: { at_us: number; code: string } | null): string | null {
  const [from_us, until_us] = [momentOf(from, zone), momentOf(until, zone)];
  if (from_us === null || until_us === null) return null;
  if (until_us <= from_us) return 'interval_empty';
  if (until_us - from_us > LONGEST_US) return 'interval_too_long';
  return latest !== null && until_us > latest.at_us ? latest.code : null;
}
