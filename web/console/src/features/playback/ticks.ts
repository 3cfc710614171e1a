/** Where the axis of the time line has its marks: at round local times, the repeated hour drawn twice. */

import { type Shown, endOf } from './zoom';
import { US_PER_DAY, US_PER_HOUR, US_PER_MINUTE, US_PER_SECOND, momentsOf, offsetChangeIn, offsetUsAt, readingAt } from '@/time/zoneTime';

export interface Tick {
  us: number;
  /** The first mark of a local day: written with its date. */
  isDay: boolean;
  /** The clocks changed since the mark before: written with its offset. */
  isOffsetNew: boolean;
}

const STEPS_US = [
  US_PER_SECOND,
  2 * US_PER_SECOND,
  5 * US_PER_SECOND,
  10 * US_PER_SECOND,
  30 * US_PER_SECOND,
  US_PER_MINUTE,
  2 * US_PER_MINUTE,
  5 * US_PER_MINUTE,
  10 * US_PER_MINUTE,
  30 * US_PER_MINUTE,
  US_PER_HOUR,
  2 * US_PER_HOUR,
  4 * US_PER_HOUR,
  6 * US_PER_HOUR,
  12 * US_PER_HOUR,
  US_PER_DAY,
  2 * US_PER_DAY,
  5 * US_PER_DAY,
];

/** The smallest step of which at most `most` fit into the shown part. */
export function tickStepUs(spanUs: number, most: number): number {
  return STEPS_US.find((stepUs) => spanUs / stepUs <= most) ?? (STEPS_US[STEPS_US.length - 1] as number);
}

function startOfDayUs(us: number, zone: string, daysLater: number): number {
  const { year, month, day } = readingAt(us, zone);
  const noon = new Date(Date.UTC(year, month - 1, day + daysLater, 12));
  const midnight = { year: noon.getUTCFullYear(), month: noon.getUTCMonth() + 1, day: noon.getUTCDate() };
  const moments = momentsOf({ ...midnight, hour: 0, minute: 0, second: 0 }, zone);
  return moments.kind === 'one' ? moments.us : moments.kind === 'two' ? moments.firstUs : moments.nearestUs;
}

/** Marks at multiples of `stepUs` of the local clock between two changes of the clocks. */
function evenTicks(fromUs: number, untilUs: number, stepUs: number, zone: string): number[] {
  const offsetUs = offsetUsAt(fromUs, zone);
  const ticks: number[] = [];
  for (let us = Math.ceil((fromUs + offsetUs) / stepUs) * stepUs - offsetUs; us < untilUs; us += stepUs) ticks.push(us);
  return ticks;
}

function dayTicks(shown: Shown, stepUs: number, zone: string): number[] {
  const days = stepUs / US_PER_DAY;
  const ticks: number[] = [];
  for (let later = 0; ; later += 1) {
    const us = startOfDayUs(shown.startUs, zone, later);
    if (us > endOf(shown)) return ticks;
    const { year, month, day } = readingAt(us, zone);
    const dayNumber = Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);
    if (us >= shown.startUs && dayNumber % days === 0) ticks.push(us);
  }
}

/** The marks inside the shown part, in order; at most about `most` of them. */
export function ticksOf(shown: Shown, zone: string, most: number): Tick[] {
  const stepUs = tickStepUs(shown.spanUs, most);
  const changeUs = offsetChangeIn(shown.startUs, endOf(shown), zone);
  const moments =
    stepUs >= US_PER_DAY
      ? dayTicks(shown, stepUs, zone)
      : changeUs === null
        ? evenTicks(shown.startUs, endOf(shown), stepUs, zone)
        : [...evenTicks(shown.startUs, changeUs, stepUs, zone), ...evenTicks(changeUs, endOf(shown), stepUs, zone)];
  let before = offsetUsAt(shown.startUs, zone);
  return moments.map((us) => {
    const offsetUs = offsetUsAt(us, zone);
    const isOffsetNew = offsetUs !== before;
    before = offsetUs;
    return { us, isDay: (us + offsetUs) % US_PER_DAY === 0, isOffsetNew };
  });
}
