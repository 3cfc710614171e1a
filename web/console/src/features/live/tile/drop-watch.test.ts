import { expect, test } from 'vitest';
import { DropWatch } from './drop-watch';

test('more than a tenth of ten seconds is too many', () => {
  const watch = new DropWatch();
  expect(watch.isTooMany({ totalVideoFrames: 100, droppedVideoFrames: 90 }, 0)).toBe(false);
  expect(watch.isTooMany({ totalVideoFrames: 300, droppedVideoFrames: 150 }, 9_000)).toBe(false);
  expect(watch.isTooMany({ totalVideoFrames: 350, droppedVideoFrames: 150 }, 10_000)).toBe(true);
});

test('a few drops are nothing, nor are drops among few frames', () => {
  const watch = new DropWatch();
  watch.isTooMany({ totalVideoFrames: 0, droppedVideoFrames: 0 }, 0);
  expect(watch.isTooMany({ totalVideoFrames: 250, droppedVideoFrames: 20 }, 10_000)).toBe(false);
  expect(watch.isTooMany({ totalVideoFrames: 260, droppedVideoFrames: 29 }, 20_000)).toBe(false);
});
