import { describe, expect, it } from 'vitest';

import { ticksOf, tickStepUs } from './ticks';
import { US_PER_DAY, US_PER_HOUR, US_PER_MINUTE, readingAt } from '@/time/zoneTime';

const us = (iso: string) => Date.parse(iso) * 1000;
const BERLIN = 'Europe/Berlin';

describe('the axis', () => {
  it('draws the repeated hour twice', () => {
    const shown = { startUs: us('2025-10-25T22:00:00Z'), spanUs: 6 * US_PER_HOUR };
    const ticks = ticksOf(shown, BERLIN, 8);
    expect(ticks.map((tick) => readingAt(tick.us, BERLIN).hour)).toEqual([0, 1, 2, 2, 3, 4]);
    expect(ticks.map((tick) => tick.isOffsetNew)).toEqual([false, false, false, true, false, false]);
  });

  it('leaves the skipped hour out', () => {
    const shown = { startUs: us('2026-03-28T23:00:00Z'), spanUs: 5 * US_PER_HOUR };
    const hours = ticksOf(shown, BERLIN, 8).map((tick) => readingAt(tick.us, BERLIN).hour);
    expect(hours).toEqual([0, 1, 3, 4, 5]);
  });

  it('marks days at local midnight through a change of the clocks', () => {
    const shown = { startUs: us('2025-10-24T10:00:00Z'), spanUs: 4 * US_PER_DAY };
    const ticks = ticksOf(shown, BERLIN, 5);
    expect(ticks.map((tick) => tick.us)).toEqual(
      ['2025-10-24T22:00Z', '2025-10-25T22:00Z', '2025-10-26T23:00Z', '2025-10-27T23:00Z'].map(us),
    );
    expect(ticks.every((tick) => tick.isDay)).toBe(true);
  });

  it('stays at round times in a zone with half hours', () => {
    const shown = { startUs: us('2025-11-21T10:12:00Z'), spanUs: 4 * US_PER_HOUR };
    expect(ticksOf(shown, 'Asia/Kolkata', 5).every((tick) => readingAt(tick.us, 'Asia/Kolkata').minute === 0)).toBe(true);
  });

  it('takes the smallest step that fits', () => {
    expect(tickStepUs(10 * US_PER_MINUTE, 10)).toBe(US_PER_MINUTE);
    expect(tickStepUs(20 * US_PER_DAY, 12)).toBe(2 * US_PER_DAY);
  });
});
