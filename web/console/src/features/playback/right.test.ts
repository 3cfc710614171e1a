import { expect, test } from 'vitest';
import type { Camera } from '@/api/types';
import { playbackRefusal } from './right';

const right = (until_us: number | null): Pick<Camera, 'playback'> => ({ playback: { text: 'Olur 2026/118', until_us } });

test('a right ends at its microsecond, whatever the server last said', () => {
  expect(playbackRefusal(right(1_000), 999)).toBeNull();
  expect(playbackRefusal(right(1_000), 1_000)).toBe('grant_expired');
  expect(playbackRefusal(right(null), 1e18)).toBeNull();
});

test('without a right the Olur is named', () => {
  expect(playbackRefusal({ playback: null }, 0)).toBe('playback_needs_olur');
});
