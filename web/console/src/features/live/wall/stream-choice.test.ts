import { expect, test } from 'vitest';
import { chooseStreams } from './stream-choice';

const tile = (cell: number, width_px: number, more = {}) => ({ cell, width_px, has_sub: true, isSpot: false, ...more });

test('a large tile gets the main stream, small ones the sub stream', () => {
  const chosen = chooseStreams([tile(0, 1200, { isSpot: true }), tile(1, 600)], 1, 2);
  expect([chosen.get(0), chosen.get(1)]).toEqual(['main', 'sub']);
});

test('dense screens count their own pixels', () => {
  expect(chooseStreams([tile(0, 600)], 2, 2).get(0)).toBe('main');
});

test('no more mains than the machine bears, the spot first', () => {
  const tiles = [tile(0, 900), tile(1, 900), tile(2, 800, { isSpot: true })];
  expect([...chooseStreams(tiles, 1, 2).values()]).toEqual(['main', 'sub', 'main']);
});

test('cameras with one stream only use up the limit', () => {
  const tiles = [tile(0, 300, { has_sub: false }), tile(1, 900), tile(2, 900)];
  expect([...chooseStreams(tiles, 1, 2).values()]).toEqual(['main', 'main', 'sub']);
});
