import { expect, test } from 'vitest';
import { Problem } from '@/api/problem';
import type { Camera } from '@/api/types';
import { isRefusal, isUnreadable, playbackRefusal } from './right';

const right = (until_us: number | null): Pick<Camera, 'playback'> => ({ playback: { text: 'Olur 2026/118', until_us } });

test('a right ends at its microsecond, whatever the server last said', () => {
  expect(playbackRefusal(right(1_000), 999)).toBeNull();
  expect(playbackRefusal(right(1_000), 1_000)).toBe('grant_expired');
  expect(playbackRefusal(right(null), 1e18)).toBeNull();
});

test('without a right the Olur is named', () => {
  expect(playbackRefusal({ playback: null }, 0)).toBe('playback_needs_olur');
});

test.each([
  [401, 'sign_in_needed', true, false],
  [403, 'no_grant', true, false],
  [404, 'not_found', true, false],
  [404, 'no_footage', false, false],
  [404, 'no_key_frame', false, true],
  [410, 'segment_gone', false, true],
  [500, 'segment_damaged', false, true],
  [500, 'server_error', false, false],
  [503, 'volume_away', false, false],
  [0, 'offline', false, false],
])('%i %s: refused %s, unreadable %s', (status, code, refuses, spoils) => {
  const problem = new Problem(status, code, '');
  expect([isRefusal(problem), isUnreadable(problem)]).toEqual([refuses, spoils]);
});
