import { expect, test } from 'vitest';
import { cameraIn, changeWall, emptyWall, type WallState } from './wall-state';

const wall = (cells: (string | null)[], more: Partial<WallState> = {}): WallState => ({ ...emptyWall, cells, ...more });

test('a placed camera selects its cell', () => {
  const next = changeWall(emptyWall, { do: 'place', camera_id: 'a', cell: 2 });
  expect(cameraIn(next, 2)).toBe('a');
  expect(next.selected).toBe(2);
});

test('selecting the cell that is selected changes nothing: the focus stays on a button of its tile', () => {
  const state = wall(['a', 'b']);
  expect(changeWall(state, { do: 'select', cell: 0 })).toBe(state);
  expect(changeWall(state, { do: 'select', cell: 1 }).selected).toBe(1);
});

test('a camera that stands elsewhere changes places instead of standing twice', () => {
  const next = changeWall(wall(['a', 'b']), { do: 'place', camera_id: 'b', cell: 0 });
  expect(next.cells.slice(0, 2)).toEqual(['b', 'a']);
});

test('swapping takes the selection along and forgets the saved view', () => {
  const next = changeWall(wall(['a', 'b'], { view_id: 'v' }), { do: 'swap', direction: 'right' });
  expect(next.cells.slice(0, 2)).toEqual(['b', 'a']);
  expect([next.selected, next.view_id]).toEqual([1, null]);
});

test('a smaller layout keeps the hidden cameras for the way back', () => {
  const small = changeWall(wall(['a', 'b', 'c'], { selected: 2 }), { do: 'layout', layout: '1' });
  expect([small.selected, cameraIn(small, 2)]).toEqual([0, null]);
  expect(cameraIn(changeWall(small, { do: 'layout', layout: '2x2' }), 2)).toBe('c');
});

test('an empty cell cannot be enlarged', () => {
  expect(changeWall(wall([null]), { do: 'zoom' }).isZoomed).toBe(false);
  expect(changeWall(wall(['a']), { do: 'zoom' }).isZoomed).toBe(true);
});

test('clearing leaves the others where they are', () => {
  expect(changeWall(wall(['a', 'b', 'c'], { selected: 1 }), { do: 'clear' }).cells).toEqual(['a', null, 'c']);
});
