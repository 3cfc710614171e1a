import { describe, expect, it } from 'vitest';

import { correctionOf } from './follow';

describe('following the master clock', () => {
  it('leaves a player in step alone', () => {
    expect(correctionOf(30_000, 1)).toEqual({ kind: 'rate', rate: 1 });
  });

  it('slows one that is ahead, hurries one that is behind', () => {
    expect(correctionOf(100_000, 1)).toEqual({ kind: 'rate', rate: 0.95 });
    expect(correctionOf(-100_000, 2)).toEqual({ kind: 'rate', rate: 2 });
    expect(correctionOf(-150_000, 2)).toEqual({ kind: 'rate', rate: 2.1 });
  });

  it('seeks only over larger steps', () => {
    expect(correctionOf(-700_000, 1)).toEqual({ kind: 'seek' });
    expect(correctionOf(700_000, 4).kind).toBe('rate');
  });

  it('brings every error it does not seek over within 200 ms in three seconds', () => {
    for (const startUs of [490_000, -490_000, 180_000, -180_000]) {
      let driftUs = startUs;
      for (let tick = 0; tick < 60; tick += 1) {
        const correction = correctionOf(driftUs, 1);
        if (correction.kind === 'rate') driftUs += (correction.rate - 1) * 50_000;
      }
      expect(Math.abs(driftUs)).toBeLessThanOrEqual(200_000);
    }
  });
});
