/** Moments and lengths as people read and hear them, in the zone of the server. */
import { clockTime, dayAndTime, dayOf, longDay } from './format';
import { US_PER_DAY, US_PER_HOUR, US_PER_MINUTE, US_PER_SECOND, isRepeated, offsetWord } from './zoneTime';

const locale = (language: string): string => (language === 'en' ? 'en-GB' : 'tr-TR');

/** ` (UTC+2)` where the same reading comes twice that day, else nothing. */
const which = (us: number, zone: string): string => (isRepeated(us, zone) ? ` (${offsetWord(us, zone)})` : '');

/** `21.11.2025 14:05:30`, with its offset in the repeated hour. */
export const moment = (us: number, language: string, zone: string): string =>
  dayAndTime(us, language) + which(us, zone);

/** `14:05:30` */
export const clock = (us: number, language: string, zone: string): string => clockTime(us, language) + which(us, zone);

/** `14:05:30,27`: a single picture. */
export function exactClock(us: number, language: string, zone: string): string {
  const hundredths = String(Math.floor((us % US_PER_SECOND) / 10_000)).padStart(2, '0');
  return `${clockTime(us, language)}${language === 'en' ? '.' : ','}${hundredths}${which(us, zone)}`;
}

/** `21 Kasım 2025 Cuma 14 05 30`: read out without colons. */
export const spoken = (us: number, language: string, zone: string): string =>
  `${longDay(us, language)} ${clockTime(us, language).replaceAll(':', ' ')}${which(us, zone)}`;

/** `20 gün`, `2 sa 5 dk`, `6 dk 45 sn`, `12 sn`: the two largest units. */
export function duration(us: number, language: string): string {
  const units: [number, string, string][] = [
    [US_PER_DAY, 'gün', 'd'],
    [US_PER_HOUR, 'sa', 'h'],
    [US_PER_MINUTE, 'dk', 'min'],
    [US_PER_SECOND, 'sn', 's'],
  ];
  let restUs = Math.max(0, Math.round(us / US_PER_SECOND)) * US_PER_SECOND;
  const words: string[] = [];
  for (const [unitUs, tr, en] of units) {
    const count = Math.floor(restUs / unitUs);
    restUs -= count * unitUs;
    if (count > 0 && words.length < 2) words.push(`${count} ${language === 'en' ? en : tr}`);
    else if (words.length > 0) break;
  }
  return words.join(' ') || (language === 'en' ? 'under 1 s' : '1 sn altında');
}

/** The ends of a marked interval, the second without its date where that is the same: `21.11.2025 14:05:30` `14:09:55` `4 dk 25 sn`. */
export function intervalWords({ inUs, outUs }: { inUs: number | null; outUs: number | null }, language: string, zone: string) {
  const isOneDay = inUs !== null && outUs !== null && dayOf(inUs, language) === dayOf(outUs, language);
  return {
    start: inUs === null ? null : moment(inUs, language, zone),
    end: outUs === null ? null : (isOneDay ? clock : moment)(outUs, language, zone),
    length: inUs === null || outUs === null ? '' : duration(outUs - inUs, language),
  };
}

/** The label of a mark of the axis: a date at midnight, else the time as fine as the axis is. */
export function tickWord({ us, isDay, isOffsetNew }: { us: number; isDay: boolean; isOffsetNew: boolean }, spanUs: number, language: string, zone: string): string {
  if (isDay) {
    const format = new Intl.DateTimeFormat(locale(language), { timeZone: zone, day: 'numeric', month: 'short', weekday: 'short' });
    return format.format(us / 1000) + (isOffsetNew ? ` ${offsetWord(us, zone)}` : '');
  }
  const time = clockTime(us, language);
  return (spanUs >= 10 * US_PER_MINUTE ? time.slice(0, 5) : time) + (isOffsetNew ? ` ${offsetWord(us, zone)}` : '');
}
