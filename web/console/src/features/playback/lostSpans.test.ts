import { expect, test } from 'vitest';
import { withLost } from './lostSpans';

const second = (from: number) => ({ startUs: from * 1e6, endUs: (from + 1) * 1e6 });

test('parts that follow each other become one stretch', () => {
  const lost = [3, 4, 5].reduce<ReturnType<typeof withLost>>((all, at) => withLost(all, second(at)), []);
  expect(lost).toEqual([{ startUs: 3e6, endUs: 6e6 }]);
});

test('others stay apart, the oldest are forgotten', () => {
  const lost = Array.from({ length: 60 }, (_, at) => second(at * 10)).reduce<ReturnType<typeof withLost>>(withLost, []);
  expect(lost).toHaveLength(50);
  expect(lost.at(-1)).toEqual(second(590));
});
