/**
 * What a person means who types a time: `21.11.2025 14:05:30`, `14:05`, `dün 18:00`, `-10dk`, `2025-11-21 14:05`.
 */

import { fold } from '@/state/fold';
import { type Moments, type Reading, US_PER_DAY, US_PER_HOUR, US_PER_MINUTE, US_PER_SECOND, momentsOf, readingAt } from '@/time/zoneTime';

export type Asked = Moments | { kind: 'unreadable' } | { kind: 'future'; us: number };

const UNITS_US: Record<string, number> = {
  sn: US_PER_SECOND,
  s: US_PER_SECOND,
  sec: US_PER_SECOND,
  dk: US_PER_MINUTE,
  m: US_PER_MINUTE,
  min: US_PER_MINUTE,
  sa: US_PER_HOUR,
  h: US_PER_HOUR,
  g: US_PER_DAY,
  gun: US_PER_DAY,
  d: US_PER_DAY,
};
const DAYS_BACK: Record<string, number> = { bugun: 0, today: 0, dun: 1, yesterday: 1 };
const NOW_WORDS = new Set(['simdi', 'now']);

const RELATIVE = /^([+-])\s*(\d{1,5})\s*([a-z]+)$/;
const CLOCK = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/;
const DAY_FIRST = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/;
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

/** "dün" and "DUN" are one word, and so are the signs that keyboards and other programs take for a minus. */
const plain = (text: string): string => fold(text).replace(/[−–]/g, '-').replace(/\s+/g, ' ');

interface Day {
  year: number;
  month: number;
  day: number;
}

function dayOf(word: string, nowUs: number, zone: string): Day | null {
  const back = DAYS_BACK[word];
  if (back !== undefined) {
    const today = readingAt(nowUs, zone);
    const noon = new Date(Date.UTC(today.year, today.month - 1, today.day - back, 12));
    return { year: noon.getUTCFullYear(), month: noon.getUTCMonth() + 1, day: noon.getUTCDate() };
  }
  const dayFirst = DAY_FIRST.exec(word);
  const yearFirst = YEAR_FIRST.exec(word);
  const [year, month, day] = dayFirst
    ? [Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1])]
    : yearFirst
      ? [Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3])]
      : [0, 0, 0];
  const isReal = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1 && day >= 1;
  return year >= 2000 && isReal ? { year, month, day } : null;
}

function clockOf(word: string): Pick<Reading, 'hour' | 'minute' | 'second'> | null {
  const match = CLOCK.exec(word);
  if (!match) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return hour < 24 && minute < 60 && second < 60 ? { hour, minute, second } : null;
}

function judged(moments: Moments, nowUs: number): Asked {
  const earliestUs = moments.kind === 'one' ? moments.us : moments.kind === 'two' ? moments.firstUs : 0;
  return earliestUs > nowUs ? { kind: 'future', us: earliestUs } : moments;
}

/**
 * The moment that `text` names. Relative times count from `atUs` (the playhead), words and bare clock times from
 * the playhead's day (`14:05`) or today (`dün`).
 */
export function askedTime(text: string, atUs: number, nowUs: number, zone: string): Asked {
  const words = plain(text);
  if (NOW_WORDS.has(words)) return { kind: 'one', us: nowUs };
  const relative = RELATIVE.exec(words);
  if (relative) {
    const unitUs = UNITS_US[relative[3] ?? ''];
    if (unitUs === undefined) return { kind: 'unreadable' };
    const us = atUs + (relative[1] === '-' ? -1 : 1) * Number(relative[2]) * unitUs;
    return judged({ kind: 'one', us }, nowUs);
  }
  const parts = words.split(' ');
  if (parts.length > 2 || !parts[0]) return { kind: 'unreadable' };
  const day = dayOf(parts[0], nowUs, zone);
  const clockWord = day ? parts[1] : parts.length === 1 ? parts[0] : undefined;
  const clock = clockWord === undefined ? day && { hour: 0, minute: 0, second: 0 } : clockOf(clockWord);
  if (!clock) return { kind: 'unreadable' };
  const reading = { ...(day ?? readingAt(atUs, zone)), ...clock };
  return judged(momentsOf(reading, zone), nowUs);
}
