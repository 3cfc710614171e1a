import { describe, expect, it } from 'vitest';

import { isRepeated, momentsOf, offsetChangeIn, offsetWord, readingAt } from './zoneTime';

const us = (iso: string) => Date.parse(iso) * 1000;
const BERLIN = 'Europe/Berlin';
const ISTANBUL = 'Europe/Istanbul';

describe('clock readings', () => {
  it('reads the clock of the zone, not of the machine', () => {
    expect(readingAt(us('2025-11-21T11:05:30Z'), ISTANBUL)).toEqual({
      year: 2025,
      month: 11,
      day: 21,
      hour: 14,
      minute: 5,
      second: 30,
    });
  });

  it('writes midnight as hour 0', () => {
    expect(readingAt(us('2025-11-20T21:00:00Z'), ISTANBUL).hour).toBe(0);
  });

  it('finds the one moment of an ordinary reading', () => {
    const reading = { year: 2025, month: 11, day: 21, hour: 14, minute: 5, second: 30 };
    expect(momentsOf(reading, ISTANBUL)).toEqual({ kind: 'one', us: us('2025-11-21T11:05:30Z') });
  });

  it('finds both moments of the repeated hour, in order', () => {
    const reading = { year: 2025, month: 10, day: 26, hour: 2, minute: 30, second: 0 };
    expect(momentsOf(reading, BERLIN)).toEqual({
      kind: 'two',
      firstUs: us('2025-10-26T00:30:00Z'),
      secondUs: us('2025-10-26T01:30:00Z'),
    });
  });

  it('refuses a reading of the skipped hour with the nearest valid moment', () => {
    const reading = { year: 2026, month: 3, day: 29, hour: 2, minute: 30, second: 0 };
    expect(momentsOf(reading, BERLIN)).toEqual({ kind: 'none', nearestUs: us('2026-03-29T01:00:00Z') });
  });

  it('does not ask outside the repeated hour of the same day', () => {
    for (const [hour, iso] of [
      [1, '2025-10-25T23:59:59Z'],
      [3, '2025-10-26T02:59:59Z'],
    ] as const) {
      const reading = { year: 2025, month: 10, day: 26, hour, minute: 59, second: 59 };
      expect(momentsOf(reading, BERLIN)).toEqual({ kind: 'one', us: us(iso) });
    }
    expect(isRepeated(us('2025-10-26T01:10:00Z'), BERLIN)).toBe(true);
    expect(isRepeated(us('2025-10-26T02:10:00Z'), BERLIN)).toBe(false);
  });

  it('finds the second in which the clocks change', () => {
    const change = offsetChangeIn(us('2025-10-26T00:00:00Z'), us('2025-10-26T06:00:00Z'), BERLIN);
    expect(change).toBe(us('2025-10-26T01:00:00Z'));
    expect(offsetChangeIn(us('2025-11-01T00:00:00Z'), us('2025-11-08T00:00:00Z'), ISTANBUL)).toBeNull();
  });

  it('names offsets as people write them', () => {
    expect(offsetWord(us('2025-11-21T00:00:00Z'), ISTANBUL)).toBe('UTC+3');
    expect(offsetWord(us('2025-11-21T00:00:00Z'), 'Asia/Kolkata')).toBe('UTC+5:30');
    expect(offsetWord(us('2025-11-21T00:00:00Z'), 'UTC')).toBe('UTC');
  });
});
