import { expect, test } from 'vitest';
import type { Camera } from '@/api/types';
import { mayWatch, tileState } from './tile-state';

const camera = (until_us: number | null | 'none' = null) =>
  ({ live: until_us === 'none' ? null : { text: 'Görevlendirme', until_us } }) as Camera;
const standing = { isSessionOver: false, isTampered: false, isStopped: false, now_us: 1_000 };

test('a right ends at its very microsecond, without the server', () => {
  expect(mayWatch(camera(1_001), 1_000)).toBe(true);
  expect(mayWatch(camera(1_000), 1_000)).toBe(false);
  expect(tileState(camera(1_000), { state: 'live' }, standing)).toBe('authority_ended');
});

test('no right, no picture, whatever plays', () => {
  expect(tileState(camera('none'), { state: 'live' }, standing)).toBe('authority_ended');
});

test('an ended session darkens everything', () => {
  expect(tileState(camera(), { state: 'live' }, { ...standing, isSessionOver: true })).toBe('session_ended');
});

test('refusals say what they are', () => {
  expect(tileState(camera(), { state: 'refused', code: 'viewer_limit_reached' }, standing)).toBe('server_full');
  expect(tileState(camera(), { state: 'refused', code: 'codec_not_playable' }, standing)).toBe('codec');
  expect(tileState(camera(), { state: 'refused', code: 'unheard_of' }, standing)).toBe('no_picture');
});
