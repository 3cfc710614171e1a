import { describe, expect, it } from 'vitest';

import { isInside, playlistWindow } from './playlistWindow';
import { US_PER_HOUR, US_PER_MINUTE } from '@/time/zoneTime';

const NOW = 1_763_700_000_000_000;

describe('the window of a playlist', () => {
  it('stays the same for jumps inside it', () => {
    const atUs = NOW - 50 * US_PER_HOUR;
    const window = playlistWindow(atUs, NOW);
    expect(isInside(window, atUs)).toBe(true);
    expect(playlistWindow(window.startUs + 6 * US_PER_MINUTE, NOW)).toEqual(window);
    expect(window.endUs).toBeLessThanOrEqual(NOW);
  });

  it('is short near now and reaches beyond it, so that the list grows', () => {
    const window = playlistWindow(NOW - 5_000_000, NOW);
    expect(window.endUs).toBeGreaterThan(NOW);
    expect(window.endUs - window.startUs).toBeLessThanOrEqual(21 * US_PER_MINUTE);
    expect(isInside(window, NOW - 5_000_000)).toBe(true);
  });
});
