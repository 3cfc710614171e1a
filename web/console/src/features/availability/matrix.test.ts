import { expect, test } from 'vitest';
import { amountOf, type Cell, holesIn, isByHour, type Item, matrixOf, moved, percentOf, placesOf, type Stood, stoodIn, thenCalled } from './matrix';

const DAY = 86_400_000_000;
const cell = (from: number, covered_us: number, holes = 0): Cell => ({ start_us: from * DAY, end_us: (from + 1) * DAY, covered_us, holes, is_outside: false, is_moved: false });
const hole = (start_us: number, end_us: number) => ({ start_us, end_us, cause: 'network', detail: '' });
const item = (camera_id: string, cells: Cell[], missing = [] as Item['missing'], placements = [] as Stood[]): Item => ({ camera_id, is_live_only: false, cells, missing, placements });
const stood = (from: number, until: number | null, site: string, number = 7): Stood => ({ from_us: from * DAY, until_us: until === null ? null : until * DAY, number, name: 'Kapı', site });

test('a camera has one row, whatever the number of its intervals; columns follow time', () => {
  const later = cell(9, DAY);
  const found = matrixOf([item('a', [later]), item('a', [cell(1, DAY), cell(2, 0, 1)]), item('b', [later], [hole(5, 6)]), item('b', [cell(1, 1, 1), cell(2, 2, 1)], [hole(1, 2)])]);
  expect(found.columns.map(({ start_us }) => start_us / DAY)).toEqual([1, 2, 9]);
  expect(found.rows.map((row) => [row.camera_id, row.cells.map((one) => one?.covered_us)])).toEqual([
    ['a', [DAY, 0, DAY]],
    ['b', [1, 2, DAY]],
  ]);
  expect(found.rows[1]?.missing.map(({ start_us }) => start_us)).toEqual([1, 5]);
});

test('a camera that has no such piece of time has no cell there', () => {
  expect(matrixOf([item('a', [cell(1, 0)]), item('b', [cell(2, 0)])]).rows.map((row) => row.cells.map((one) => one === null))).toEqual([
    [false, true],
    [true, false],
  ]);
});

test('whole, in part, nothing, being written, never recorded', () => {
  expect([cell(0, DAY), cell(0, 5, 1), cell(0, 0, 1), cell(0, 5), cell(0, 0)].map((one) => amountOf(one, false))).toEqual(['full', 'partial', 'none', 'writing', 'writing']);
  expect(amountOf(cell(0, 0, 1), true)).toBe('live');
});

test('a second that is missing is not a hundred percent, one that is there not nothing', () => {
  expect([DAY, DAY - 1, DAY * 0.964, DAY * 0.001, 1, 0].map((covered) => percentOf(cell(0, covered, 1)))).toEqual([100, 99, 96, 1, 1, 0]);
});

test('a hole over midnight belongs to both days, cut to each', () => {
  const over = hole(DAY - 10, DAY + 20);
  expect(holesIn(cell(0, 0), [over])).toEqual([{ ...over, end_us: DAY }]);
  expect(holesIn(cell(1, 0), [over])).toEqual([{ ...over, start_us: DAY }]);
  expect(holesIn(cell(2, 0), [over])).toEqual([]);
});

test('a row has each place of its intervals once, by time', () => {
  const [square, fountain] = [stood(0, 2, 'Meydan'), stood(2, null, 'Çeşme')];
  const [row] = matrixOf([item('a', [cell(2, 0)], [], [square, fountain]), item('a', [cell(1, 0)], [], [square])]).rows;
  expect(row?.placements).toEqual([square, fountain]);
  expect(placesOf(row?.placements ?? [])).toBe('Meydan → Çeşme');
  expect(placesOf([stood(0, 1, ''), square, stood(2, 3, 'Meydan', 9)])).toBe('Meydan');
  expect([cell(1, 0), cell(2, 0)].map((one) => stoodIn(one, [square, fountain]))).toEqual([[square], [fountain]]);
});

test('what a camera was called then is told where it is called otherwise now', () => {
  expect(thenCalled([stood(0, 2, 'Meydan')], '7 · Kapı')).toBe('');
  expect(thenCalled([stood(0, 2, 'Meydan'), stood(2, null, 'Meydan', 12)], '12 · Kapı')).toBe('7 · Kapı → 12 · Kapı');
  expect(thenCalled([], '7 · Kapı')).toBe('');
});

test('hours are written only where no column is longer', () => {
  expect(isByHour([{ start_us: 0, end_us: 3_600_000_000 }])).toBe(true);
  expect(isByHour([{ start_us: 0, end_us: 3_600_000_001 }])).toBe(false);
});

test.each([
  ['ArrowLeft', false, [1, 0]], ['ArrowRight', false, [1, 2]], ['ArrowUp', false, [0, 1]], ['ArrowDown', false, [2, 1]], ['Home', false, [1, 0]],
  ['End', false, [1, 3]], ['Home', true, [0, 0]], ['End', true, [29, 3]], ['PageDown', false, [11, 1]], ['PageUp', false, [0, 1]],
])('%s leads on', (key, isControl, [row, column]) => {
  expect(moved({ row: 1, column: 1 }, key, isControl, 30, 4)).toEqual({ row, column });
});

test('the edges hold, other keys lead nowhere', () => {
  expect(moved({ row: 0, column: 0 }, 'ArrowUp', false, 3, 3)).toEqual({ row: 0, column: 0 });
  expect(moved({ row: 2, column: 2 }, 'ArrowRight', false, 3, 3)).toEqual({ row: 2, column: 2 });
  for (const key of ['Enter', 'Tab', 'a']) expect(moved({ row: 0, column: 0 }, key, false, 3, 3)).toBeNull();
});
