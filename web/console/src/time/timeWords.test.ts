import { describe, expect, it } from 'vitest';

import { zoneStore } from './format';
import { duration, exactClock, moment, spoken, tickWord } from './timeWords';

const us = (iso: string) => Date.parse(iso) * 1000;

describe('times in words', () => {
  it('says lengths in their two largest units', () => {
    expect(duration(405_000_000, 'tr')).toBe('6 dk 45 sn');
    expect(duration(7_500_000_000, 'en')).toBe('2 h 5 min');
    expect(duration(12_400_000, 'tr')).toBe('12 sn');
    expect(duration(86_400_000_000 + 5_000_000, 'tr')).toBe('1 gün');
    expect(duration(100, 'tr')).toBe('1 sn altında');
  });

  it('names the offset in the repeated hour only', () => {
    zoneStore.set('Europe/Berlin');
    expect(moment(us('2025-10-26T00:30:00Z'), 'tr', 'Europe/Berlin')).toBe('26.10.2025 02:30:00 (UTC+2)');
    expect(moment(us('2025-10-26T01:30:00Z'), 'tr', 'Europe/Berlin')).toBe('26.10.2025 02:30:00 (UTC+1)');
    expect(moment(us('2025-10-26T12:30:00Z'), 'tr', 'Europe/Berlin')).toBe('26.10.2025 13:30:00');
    zoneStore.set('Europe/Istanbul');
  });

  it('gives a picture its hundredths, ears their pauses', () => {
    expect(exactClock(us('2025-11-21T11:05:30.279Z'), 'tr', 'Europe/Istanbul')).toBe('14:05:30,27');
    expect(spoken(us('2025-11-21T11:05:30Z'), 'tr', 'Europe/Istanbul')).toBe('21 Kasım 2025 Cuma 14 05 30');
  });

  it('labels midnight with its date', () => {
    const tick = { us: us('2025-11-20T21:00:00Z'), isDay: true, isOffsetNew: false };
    expect(tickWord(tick, 86_400_000_000, 'tr', 'Europe/Istanbul')).toBe('21 Kas Cum');
    expect(tickWord({ ...tick, us: us('2025-11-21T11:05:00Z'), isDay: false }, 3_600_000_000, 'tr', 'Europe/Istanbul')).toBe('14:05');
  });
});
