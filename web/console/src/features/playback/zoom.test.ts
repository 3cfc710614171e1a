import { describe, expect, it } from 'vitest';

import { ZOOM_LEVELS_US, askedSpan, endOf, following, keptInTime, levelOf, steppedLevel, zoomedAt } from './zoom';
import { US_PER_DAY, US_PER_HOUR } from '@/time/zoneTime';

const NOW = 1_763_700_000_000_000;
const hour = { startUs: NOW - US_PER_DAY, spanUs: US_PER_HOUR };

describe('the shown part of time', () => {
  it('keeps the moment under the pointer where it is', () => {
    const anchorUs = hour.startUs + hour.spanUs * 0.25;
    const closer = zoomedAt(hour, anchorUs, 0.5, NOW);
    expect(closer.spanUs).toBe(hour.spanUs / 2);
    expect((anchorUs - closer.startUs) / closer.spanUs).toBeCloseTo(0.25);
  });

  it('goes through all named levels and stops at both ends', () => {
    let shown = { startUs: NOW - 40 * US_PER_DAY, spanUs: ZOOM_LEVELS_US[0] };
    const anchorUs = shown.startUs + 1;
    for (const spanUs of ZOOM_LEVELS_US.slice(1)) {
      shown = steppedLevel(shown, anchorUs, 1, NOW);
      expect(shown.spanUs).toBe(spanUs);
    }
    expect(steppedLevel(shown, anchorUs, 1, NOW).spanUs).toBe(shown.spanUs);
    expect(levelOf(20 * US_PER_DAY)).toBe(0);
  });

  it('shows a little of the future, so that the edge of now can be seen', () => {
    const kept = keptInTime({ startUs: NOW, spanUs: US_PER_HOUR }, NOW);
    expect(endOf(kept) - NOW).toBe(US_PER_HOUR * 0.05);
  });

  it('turns the page when the playhead leaves, not before', () => {
    expect(following(hour, hour.startUs + hour.spanUs * 0.9, NOW)).toBe(hour);
    const playheadUs = hour.startUs + hour.spanUs * 0.99;
    const next = following(hour, playheadUs, NOW);
    expect((playheadUs - next.startUs) / next.spanUs).toBeCloseTo(0.1);
    const farUs = hour.startUs - 5 * US_PER_DAY;
    expect(following(hour, farUs, NOW).startUs).toBe(farUs - US_PER_HOUR / 2);
  });

  it('asks for the same span while it moves a little, and always for what is shown', () => {
    const moved = { ...hour, startUs: hour.startUs + 1_000_000 };
    expect(askedSpan(moved)).toEqual(askedSpan(hour));
    expect(askedSpan(hour).startUs).toBeLessThanOrEqual(hour.startUs);
    expect(askedSpan(hour).endUs).toBeGreaterThanOrEqual(endOf(hour));
  });
});
