/** The arrangements of a wall. */
export const LAYOUTS = ['1', '1x2', '2x2', '1+5', '1+7', '3x3', '4x4', '5x5', '6x6', 'p1x3', 'p2x4'] as const;
export type LayoutId = (typeof LAYOUTS)[number];

/** Observers find a target in one picture more often than in six: one spot among its surroundings. */
export const DEFAULT_LAYOUT: LayoutId = '1+5';
/** Above this number of pictures a person is asked once whether that is meant. */
export const MANY_CELLS = 16;

export type Cell = { column: number; row: number; width: number; height: number };
export type Layout = { id: LayoutId; columns: number; rows: number; cells: Cell[] };

const cell = (column: number, row: number, size = 1): Cell => ({ column, row, width: size, height: size });

function grid(id: LayoutId, columns: number, rows: number): Layout {
  const cells = Array.from({ length: columns * rows }, (_, at) => cell(at % columns, Math.floor(at / columns)));
  return { id, columns, rows, cells };
}

/** A large spot at the upper left, `side` small ones to its right and beneath it. */
function spot(id: LayoutId, side: number): Layout {
  const right = Array.from({ length: side }, (_, row) => cell(side - 1, row));
  const beneath = Array.from({ length: side - 1 }, (_, column) => cell(column, side - 1));
  return { id, columns: side, rows: side, cells: [cell(0, 0, side - 1), ...right.slice(0, -1), ...beneath, ...right.slice(-1)] };
}

const ALL: Record<LayoutId, Layout> = {
  '1': grid('1', 1, 1),
  '1x2': grid('1x2', 2, 1),
  '2x2': grid('2x2', 2, 2),
  '1+5': spot('1+5', 3),
  '1+7': spot('1+7', 4),
  '3x3': grid('3x3', 3, 3),
  '4x4': grid('4x4', 4, 4),
  '5x5': grid('5x5', 5, 5),
  '6x6': grid('6x6', 6, 6),
  p1x3: grid('p1x3', 1, 3),
  p2x4: grid('p2x4', 2, 4),
};

export const isLayout = (id: string): id is LayoutId => id in ALL;
export const layoutOf = (id: string): Layout => ALL[isLayout(id) ? id : DEFAULT_LAYOUT];
/** Where a wall begins on which nothing was arranged: the smallest layout that holds so many cameras, the default from five on. */
export const layoutFor = (cameras: number): LayoutId => ([DEFAULT_LAYOUT, '1', '1x2', '2x2', '2x2'] as const)[cameras] ?? DEFAULT_LAYOUT;
/** The cell that is meant to be watched, if the layout has one. */
export const hasSpot = (id: LayoutId): boolean => id === '1' || id.includes('+');

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The nearest cell in `direction` from cell `from`, which itself when there is none. */
export function neighbour(layout: Layout, from: number, direction: Direction): number {
  const origin = layout.cells[from];
  if (!origin) return 0;
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  let best = from;
  let best_cost = Infinity;
  layout.cells.forEach((candidate, at) => {
    const [ahead, aside] = distances(origin, candidate, isAcross, sign);
    if (at === from || ahead < 0) return;
    const cost = ahead + aside * 10;
    if (cost < best_cost) [best, best_cost] = [at, cost];
  });
  return best;
}

/** How far `to` lies ahead (negative: behind) and how far the two fail to face each other. */
function distances(from: Cell, to: Cell, isAcross: boolean, sign: number): [number, number] {
  const [start, size, other, other_size] = isAcross
    ? (['column', 'width', 'row', 'height'] as const)
    : (['row', 'height', 'column', 'width'] as const);
  const ahead = sign > 0 ? to[start] - (from[start] + from[size]) : from[start] - (to[start] + to[size]);
  const aside = Math.max(0, to[other] - (from[other] + from[other_size] - 1), from[other] - (to[other] + to[other_size] - 1));
  return [ahead, aside];
}
