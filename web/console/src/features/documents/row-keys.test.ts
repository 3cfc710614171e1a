import { expect, it } from 'vitest';
import { rowAfter, SEARCH } from './row-keys';

it('goes from row to row and stops at both ends', () => {
  expect(rowAfter('ArrowDown', 0, 3)).toBe(1);
  expect(rowAfter('ArrowDown', 2, 3)).toBe(2);
  expect(rowAfter('ArrowUp', 2, 3)).toBe(1);
  expect(rowAfter('Home', 2, 3)).toBe(0);
  expect(rowAfter('End', 0, 3)).toBe(2);
  expect(rowAfter('x', 0, 3)).toBeNull();
});

it('goes between the search field and the first row, and leaves the field its own keys', () => {
  expect(rowAfter('ArrowDown', SEARCH, 3)).toBe(0);
  expect(rowAfter('ArrowDown', SEARCH, 0)).toBeNull();
  expect(rowAfter('ArrowUp', 0, 3)).toBe(SEARCH);
  expect(rowAfter('ArrowUp', SEARCH, 3)).toBeNull();
  expect(rowAfter('Home', SEARCH, 3)).toBeNull();
  expect(rowAfter('End', SEARCH, 3)).toBeNull();
});
