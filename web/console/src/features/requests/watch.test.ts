import { expect, test } from 'vitest';
import { validatePlaybackSearch } from '@/features/playback/search';
import { watchesOf } from './watch';

const item = (number: number, start_us: number, may_watch = true) => ({ camera_id: `0000000${number % 10}-0000-0000-0000-000000000000`, camera_number: number, start_us, end_us: start_us + 10, may_watch });

test('cameras of one interval are watched together, nine at most', () => {
  const found = watchesOf([...Array.from({ length: 10 }, (_, index) => item(index, 100)), item(3, 50)]);
  expect(found.map((one) => [one.start_us, one.numbers])).toEqual([
    [50, [3]],
    [100, [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    [100, [9]],
  ]);
});

test('what may not be watched has no way there', () => {
  expect(watchesOf([item(1, 100, false)])).toEqual([]);
});

test('playback takes exactly what the link says', () => {
  const [one] = watchesOf([item(1, 100)]);
  expect(validatePlaybackSearch({ cameras: one?.cameras, at: one?.start_us, from: one?.start_us, until: one?.end_us })).toEqual({ cameras: one?.cameras, at: 100, from: 100, until: 110 });
});
