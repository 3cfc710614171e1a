import { describe, expect, it } from 'vitest';

import { mappedUntilUs, mediaToWall, wallToMedia } from './mediaMap';

const T = Date.parse('2025-11-21T11:00:00Z');
// 4 s of footage, a hole of 60 s, 4 s of footage; in the player they follow each other.
const fragments = [
  { start: 0, duration: 2, programDateTime: T },
  { start: 2, duration: 2, programDateTime: T + 2000 },
  { start: 4, duration: 2, programDateTime: T + 64_000 },
  { start: 6, duration: 2, programDateTime: T + 66_000 },
];
const at = (seconds: number) => T * 1000 + seconds * 1_000_000;

describe('wall time and media time', () => {
  it('finds pictures on both sides of a hole', () => {
    expect(wallToMedia(fragments, at(3))).toBeCloseTo(3);
    expect(wallToMedia(fragments, at(65))).toBeCloseTo(5);
    expect(mediaToWall(fragments, 3)).toBe(at(3));
    expect(mediaToWall(fragments, 5)).toBe(at(65));
  });

  it('has nothing inside the hole, before the list, after it', () => {
    expect(wallToMedia(fragments, at(30))).toBeNull();
    expect(wallToMedia(fragments, at(-1))).toBeNull();
    expect(wallToMedia(fragments, at(68.2))).toBeNull();
    expect(wallToMedia([], at(0))).toBeNull();
    expect(mediaToWall(fragments, 9)).toBeNull();
  });

  it('bridges the rounding of the playlist', () => {
    const rounded = [
      { start: 0, duration: 1.98, programDateTime: T },
      { start: 1.98, duration: 2, programDateTime: T + 2000 },
    ];
    expect(wallToMedia(rounded, at(1.995))).toBeCloseTo(1.98);
    expect(wallToMedia(fragments, at(-0.02))).toBe(0);
  });

  it('goes there and back', () => {
    for (const seconds of [0, 1.5, 2, 3.99, 64, 67.5]) {
      expect(mediaToWall(fragments, wallToMedia(fragments, at(seconds)) as number)).toBeCloseTo(at(seconds), -2);
    }
    expect(mappedUntilUs(fragments)).toBe(at(68));
  });
});
