import { expect, test } from 'vitest';
import { LAYOUTS, layoutFor, layoutOf, neighbour } from './layouts';

test.each(LAYOUTS)('%s covers its grid without holes or overlaps', (id) => {
  const { cells, columns, rows } = layoutOf(id);
  const covered = cells.flatMap(({ column, row, width, height }) =>
    Array.from({ length: width * height }, (_, at) => `${column + (at % width)}/${row + Math.floor(at / width)}`),
  );
  expect(new Set(covered).size).toBe(covered.length);
  expect(covered.length).toBe(columns * rows);
  expect(cells.length).toBeLessThanOrEqual(36);
});

test('1+5 has the spot first, then five', () => {
  const { cells } = layoutOf('1+5');
  expect(cells.length).toBe(6);
  expect(cells[0]).toEqual({ column: 0, row: 0, width: 2, height: 2 });
});

test('arrows walk from the spot to its neighbours and back', () => {
  const layout = layoutOf('1+5');
  const right = neighbour(layout, 0, 'right');
  expect(layout.cells[right]).toMatchObject({ column: 2, row: 0 });
  expect(neighbour(layout, right, 'left')).toBe(0);
  const below = neighbour(layout, 0, 'down');
  expect(layout.cells[below]).toMatchObject({ column: 0, row: 2 });
  expect(neighbour(layout, below, 'up')).toBe(0);
});

test('an arrow at the border stays', () => {
  const layout = layoutOf('2x2');
  expect(neighbour(layout, 0, 'left')).toBe(0);
  expect(neighbour(layout, 3, 'down')).toBe(3);
  expect(neighbour(layout, 1, 'down')).toBe(3);
});

test('an unknown layout is the default one', () => {
  expect(layoutOf('7x9').id).toBe('1+5');
});

test('a wall begins on the smallest layout that holds all cameras, from five on with a spot', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 300].map(layoutFor)).toEqual(['1+5', '1', '1x2', '2x2', '2x2', '1+5', '1+5', '1+5']);
  for (const cameras of [1, 2, 3, 4, 5, 6]) expect(layoutOf(layoutFor(cameras)).cells.length).toBeGreaterThanOrEqual(cameras);
});
