/**
 * Clock readings of a time zone: what its clocks show at a moment, which moments a reading can mean.
 *
 * Moments are integer microseconds UTC. A reading means two moments in the repeated hour of autumn, none in the
 * skipped hour of spring; callers have to ask, never to guess.
 */

export interface Reading {
  year: number;
  /** 1..12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

export type Moments =
  | { kind: 'one'; us: number }
  | { kind: 'two'; firstUs: number; secondUs: number }
  | { kind: 'none'; nearestUs: number };

export const US_PER_SECOND = 1_000_000;
export const US_PER_MINUTE = 60 * US_PER_SECOND;
export const US_PER_HOUR = 60 * US_PER_MINUTE;
export const US_PER_DAY = 24 * US_PER_HOUR;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** What a clock of `zone` shows at `us`, cut to whole seconds. */
export function readingAt(us: number, zone: string): Reading {
  const reading: Reading = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const part of formatterOf(zone).formatToParts(Math.floor(us / 1000))) {
    if (part.type in reading) reading[part.type as keyof Reading] = Number(part.value);
  }
  return reading;
}

function asIfUtcUs(reading: Reading): number {
  const { year, month, day, hour, minute, second } = reading;
  return Date.UTC(year, month - 1, day, hour, minute, second) * 1000;
}

/** How far the clocks of `zone` are ahead of UTC at `us`. */
export function offsetUsAt(us: number, zone: string): number {
  const wholeSecondUs = Math.floor(us / US_PER_SECOND) * US_PER_SECOND;
  return asIfUtcUs(readingAt(us, zone)) - wholeSecondUs;
}

/** The first moment in (`fromUs`, `untilUs`] with another offset than at `fromUs`, or null. Exact to a second. */
export function offsetChangeIn(fromUs: number, untilUs: number, zone: string): number | null {
  const before = offsetUsAt(fromUs, zone);
  if (offsetUsAt(untilUs, zone) === before) return null;
  let low = fromUs;
  let high = untilUs;
  while (high - low > US_PER_SECOND) {
    const middle = Math.floor((low + high) / 2 / US_PER_SECOND) * US_PER_SECOND;
    if (middle <= low) break;
    if (offsetUsAt(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}

/** The moments that a reading of a clock of `zone` can mean. */
export function momentsOf(reading: Reading, zone: string): Moments {
  const naiveUs = asIfUtcUs(reading);
  const dayBeforeUs = naiveUs - US_PER_DAY;
  const dayAfterUs = naiveUs + US_PER_DAY;
  const offsets = new Set([offsetUsAt(dayBeforeUs, zone), offsetUsAt(dayAfterUs, zone)]);
  const moments = [...offsets]
    .map((offsetUs) => ({ us: naiveUs - offsetUs, offsetUs }))
    .filter(({ us, offsetUs }) => offsetUsAt(us, zone) === offsetUs)
    .map(({ us }) => us)
    .sort((left, right) => left - right);
  const [firstUs, secondUs] = moments;
  if (firstUs === undefined) {
    return { kind: 'none', nearestUs: offsetChangeIn(dayBeforeUs, dayAfterUs, zone) ?? naiveUs };
  }
  return secondUs === undefined ? { kind: 'one', us: firstUs } : { kind: 'two', firstUs, secondUs };
}

/** "UTC+3", "UTC−5:30", "UTC" */
export function offsetWord(us: number, zone: string): string {
  const minutes = Math.round(offsetUsAt(us, zone) / US_PER_MINUTE);
  if (minutes === 0) return 'UTC';
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** Whether the clock of `zone` shows the reading of `us` twice that day: then a time alone is ambiguous. */
export function isRepeated(us: number, zone: string): boolean {
  return momentsOf(readingAt(us, zone), zone).kind === 'two';
}
