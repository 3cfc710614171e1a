/** From what a field for local time holds to a moment: the repeated hour is asked for, the skipped one refused. */
import { type Moments, momentsOf, readingAt } from './zoneTime';

/** What a person typed. `isSecond`: which of two that hour was; null while nobody has said. */
export type Typed = { text: string; isSecond: boolean | null };

export const UNTYPED: Typed = { text: '', isSecond: null };

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;

/** The moments that `2026-11-28T14:05:30` can mean in `zone`; null when it names none. */
export function momentsIn(text: string, zone: string): Moments | null {
  const parts = FORM.exec(text);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return momentsOf({ year, month, day, hour, minute, second }, zone);
}

/** Microseconds UTC of what was typed; null while it is none, or while it is not said which one. */
export function momentOf({ text, isSecond }: Typed, zone: string): number | null {
  const moments = momentsIn(text, zone);
  if (moments?.kind === 'one') return moments.us;
  if (moments?.kind === 'two' && isSecond !== null) return isSecond ? moments.secondUs : moments.firstUs;
  return null;
}

/** Why what was typed is no moment yet; null when it is one. */
export function whyNoMoment(typed: Typed, zone: string): 'moment_missing' | 'moment_skipped' | 'moment_twice' | null {
  const moments = momentsIn(typed.text, zone);
  if (moments === null) return 'moment_missing';
  if (moments.kind === 'none') return 'moment_skipped';
  return momentOf(typed, zone) === null ? 'moment_twice' : null;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** A moment as somebody would have typed it: of two that a reading can mean, the right one is chosen. */
export function typedOf(us: number, zone: string): Typed {
  const { year, month, day, hour, minute, second } = readingAt(us, zone);
  const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}${second > 0 ? `:${two(second)}` : ''}`;
  const moments = momentsIn(text, zone);
  return { text, isSecond: moments?.kind === 'two' ? us >= moments.secondUs : null };
}
