import { expect, test } from 'vitest';
import { foundBy, isFound } from './find-camera';

const square = { number: 7, name: 'Kapı', site: 'Cumhuriyet Meydanı' };
const depot = { number: 7, name: 'Kapı', site: 'Depo' };
const camera = { number: 12, name: 'Çeşme önü', site: 'Kordon', former: [depot, square] };

test('a camera is found by its words of today, and by those of each former place', () => {
  for (const text of ['kordon', 'ÇEŞME', '12', 'meydan', ' depo ', '7', '']) expect(isFound(camera, text)).toBe(true);
  expect(isFound(camera, 'iskele')).toBe(false);
  expect(isFound({ ...square }, 'meydan')).toBe(true);
});

test('only where today does not say it is the former place named', () => {
  expect(foundBy(camera, 'meydan')).toBe(square);
  expect(foundBy(camera, 'kapı')).toBe(depot);
  expect(foundBy(camera, 'kordon')).toBeUndefined();
  expect(foundBy(camera, '')).toBeUndefined();
});

test('words of two places do not add up to one', () => {
  expect(isFound(camera, 'kapı cumhuriyet')).toBe(true);
  expect(isFound(camera, 'çeşme önü depo')).toBe(false);
});
