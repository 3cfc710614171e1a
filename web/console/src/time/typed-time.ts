/** Days and moments as people type them, in the form in which fields of the browser hold them. */

const DAY_FIRST = /^(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})$/;
const DIGITS = /^(\d{2})(\d{2})(\d{4})$/; // a phone's keys for numbers have no point
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const CLOCK = /^(\d{1,2})[:.]?(\d{2})(?:[:.](\d{2}))?$/;
const WITH_CLOCK = /^(.*\d{4}|\d{4}-\d{1,2}-\d{1,2})[\sT]+(\S+)$/;
const ALL_DIGITS = /^(\d{8})(\d{4})$/;
const FIRST_YEAR = 1900;

const two = (number: number): string => String(number).padStart(2, '0');

/** `2026-11-28` for `28.11.2026`, `28/11/2026`, `28112026`, `2026-11-28`; null for what is no day. */
export function typedDay(text: string): string | null {
  const words = text.trim();
  const dayFirst = DAY_FIRST.exec(words) ?? DIGITS.exec(words);
  const yearFirst = YEAR_FIRST.exec(words);
  const [year, month, day] = dayFirst
    ? [Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1])]
    : yearFirst
      ? [Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])]
      : [0, 0, 0];
  const found = new Date(Date.UTC(year, month - 1, day));
  const isReal = year >= FIRST_YEAR && found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
  return isReal ? `${year}-${two(month)}-${two(day)}` : null;
}

/** `2026-11-28T08:00` for `28.11.2026 08:00`, `28.11.2026 8.00`, `281120260800`; null for what is no moment. */
export function typedMoment(text: string): string | null {
  const words = text.trim();
  const parts = WITH_CLOCK.exec(words) ?? ALL_DIGITS.exec(words);
  const day = typedDay(parts?.[1] ?? '');
  const clock = CLOCK.exec(parts?.[2] ?? '');
  if (day === null || clock === null) return null;
  const [hour, minute, second] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return `${day}T${two(hour)}:${two(minute)}${second > 0 ? `:${two(second)}` : ''}`;
}

/** What stands in the field for `2026-11-28`: `28.11.2026`; with a time behind it where the value has one. */
export function written(value: string): string {
  const [day = '', clock] = value.split('T');
  const [year, month, date] = day.split('-');
  if (!year || !month || !date) return '';
  return `${date}.${month}.${year}${clock ? ` ${clock}` : ''}`;
}
