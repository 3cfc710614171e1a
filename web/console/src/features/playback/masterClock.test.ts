import { describe, expect, it } from 'vitest';

import { MasterClock } from './masterClock';

function clockAt(startUs: number) {
  let ms = 0;
  const clock = new MasterClock(() => ms, startUs);
  return { clock, pass: (by: number) => (ms += by) };
}

describe('the master clock', () => {
  it('stands until it is played, then runs at its speed', () => {
    const { clock, pass } = clockAt(1000);
    pass(5000);
    expect(clock.atUs()).toBe(1000);
    clock.setRate(2);
    clock.play();
    pass(500);
    expect(clock.atUs()).toBe(1_001_000);
    clock.setRate(-1);
    pass(1000);
    expect(clock.atUs()).toBe(1000);
  });

  it('goes on from where it was after a pause and after a hold', () => {
    const { clock, pass } = clockAt(0);
    clock.play();
    pass(100);
    clock.hold('a');
    clock.hold('b');
    pass(1000);
    clock.release('a');
    pass(1000);
    expect(clock.atUs()).toBe(100_000);
    expect(clock.isPlaying).toBe(true);
    clock.release('b');
    pass(100);
    clock.pause();
    pass(1000);
    expect(clock.atUs()).toBe(200_000);
  });

  it('waits at the edge of what is written and goes on when the edge moves', () => {
    const { clock, pass } = clockAt(0);
    clock.setLimit(1_000_000);
    clock.play();
    pass(3000);
    expect(clock.atUs()).toBe(1_000_000);
    expect(clock.isAtLimit).toBe(true);
    clock.setLimit(5_000_000);
    pass(500);
    expect(clock.atUs()).toBe(1_500_000);
  });

  it('does not fall back when it was already beyond a new limit', () => {
    const { clock, pass } = clockAt(2_000_000);
    clock.setLimit(1_000_000);
    clock.play();
    pass(1000);
    expect(clock.atUs()).toBe(2_000_000);
    clock.seek(500_000);
    pass(100);
    expect(clock.atUs()).toBe(600_000);
  });
});
