/** Times in words: the server's zone, the reader's language. */
import { createStore } from '@/state/store';

/** The zone the server shows times in, known after sign-in. */
export const zoneStore = createStore('Europe/Istanbul');

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const zone = zoneStore.get();
  const key = `${language}/${zone}/${name}`;
  let found = formats.get(key);
  if (!found) {
    const locale = language === 'en' ? 'en-GB' : 'tr-TR';
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options });
    formats.set(key, found);
  }
  return found;
}

const instant = (at_us: number) => new Date(at_us / 1000);

/** `14:05:30` */
export const clockTime = (at_us: number, language: string): string =>
  format(language, 'clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(instant(at_us));

/** `21.11.2025` or `21 Nov 2025` */
export const dayOf = (at_us: number, language: string): string =>
  format(language, 'day', { day: '2-digit', month: language === 'en' ? 'short' : '2-digit', year: 'numeric' }).format(
    instant(at_us),
  );

/** The last day of something that ends at `end_us`: what ends at midnight does not have the day that begins then. */
export const lastDayOf = (end_us: number, language: string): string => dayOf(end_us - 1, language);

/** `21 Kasım 2025 Cuma` */
export const longDay = (at_us: number, language: string): string =>
  format(language, 'long', { day: 'numeric', month: 'long', year: 'numeric', weekday: 'long' }).format(instant(at_us));

/** `21.11.2025 14:05:30` */
export const dayAndTime = (at_us: number, language: string): string =>
  `${dayOf(at_us, language)} ${clockTime(at_us, language)}`;

/** `0,8` in Turkish, `0.8` in English. */
export const decimal = (value: number, language: string, digits = 1): string =>
  value.toLocaleString(language === 'en' ? 'en-GB' : 'tr-TR', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
