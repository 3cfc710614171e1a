/** The matrix of availability: cameras by days or hours, what stands in a cell, where a key leads. */

/** A day or an hour of one interval. `is_outside`: all of it lies before the guaranteed window; `is_moved`: in it the camera began to stand elsewhere. */
export type Cell = { start_us: number; end_us: number; covered_us: number; holes: number; is_outside: boolean; is_moved: boolean };
/** Where a camera stood, as what it was known; `until_us` null: it still does. */
export type Stood = { from_us: number; until_us: number | null; number: number; name: string; site: string };
/** Time without footage, with its cause. */
export type Hole = { start_us: number; end_us: number; cause: string; detail: string };
/** One camera in one interval. */
export type Item = { camera_id: string; is_live_only: boolean; cells: readonly Cell[]; missing: readonly Hole[]; placements: readonly Stood[] };

export type Column = { start_us: number; end_us: number };
export type Row = { camera_id: string; isLiveOnly: boolean; cells: readonly (Cell | null)[]; missing: readonly Hole[]; placements: readonly Stood[] };
export type Matrix = { columns: readonly Column[]; rows: readonly Row[] };

/** What exists of a cell: a live camera records nothing; `writing`: what is missing is being written this moment. */
export type Amount = 'full' | 'partial' | 'none' | 'live' | 'writing';

export const SHAPES: Readonly<Record<Amount, string>> = { full: '●', partial: '◐', none: '○', live: 'C', writing: '◌' };

/** In this piece of time the camera began to stand elsewhere. */
export const MOVED = '◇';

const keyOf = ({ start_us, end_us }: Column): string => `${start_us}/${end_us}`;

/** A row for each camera in the order in which they come, a column for each piece of time, by time. */
export function matrixOf(items: readonly Item[]): Matrix {
  const columns = new Map<string, Column>();
  const cameras = new Map<string, Item[]>();
  for (const item of items) {
    for (const { start_us, end_us } of item.cells) columns.set(keyOf({ start_us, end_us }), { start_us, end_us });
    cameras.set(item.camera_id, [...(cameras.get(item.camera_id) ?? []), item]);
  }
  const sorted = [...columns.values()].sort((one, other) => one.start_us - other.start_us || one.end_us - other.end_us);
  const rows = [...cameras].map(([camera_id, own]) => {
    const cells = new Map(own.flatMap((item) => item.cells.map((cell) => [keyOf(cell), cell] as const)));
    const missing = own.flatMap((item) => item.missing).sort((one, other) => one.start_us - other.start_us);
    const placements = [...new Map(own.flatMap((item) => item.placements.map((one) => [one.from_us, one] as const))).values()].sort((one, other) => one.from_us - other.from_us);
    return { camera_id, isLiveOnly: own.every((item) => item.is_live_only), cells: sorted.map((column) => cells.get(keyOf(column)) ?? null), missing, placements };
  });
  return { columns: sorted, rows };
}

export function amountOf({ start_us, end_us, covered_us, holes }: Cell, isLiveOnly: boolean): Amount {
  if (isLiveOnly) return 'live';
  if (covered_us >= end_us - start_us) return 'full';
  if (holes === 0) return 'writing';
  return covered_us > 0 ? 'partial' : 'none';
}

/** How much of a cell there is, in percent; what is not whole is never 100, what is not nothing never 0. */
export function percentOf({ start_us, end_us, covered_us }: Cell): number {
  const share = Math.round((covered_us / (end_us - start_us)) * 100);
  if (covered_us >= end_us - start_us) return 100;
  return covered_us > 0 ? Math.min(99, Math.max(1, share)) : 0;
}

/** The holes that touch a cell, cut to it. */
export function holesIn(cell: Column, missing: readonly Hole[]): Hole[] {
  return missing
    .filter((hole) => hole.start_us < cell.end_us && hole.end_us > cell.start_us)
    .map((hole) => ({ ...hole, start_us: Math.max(hole.start_us, cell.start_us), end_us: Math.min(hole.end_us, cell.end_us) }));
}

/** Where the camera stood in a piece of time, oldest first. */
export const stoodIn = ({ start_us, end_us }: Column, placements: readonly Stood[]): Stood[] =>
  placements.filter((one) => one.from_us < end_us && (one.until_us === null || one.until_us > start_us));

/** Places in the order in which they counted, each once in a row: `Meydan → Çeşme`. Empty where none is entered. */
export const placesOf = (placements: readonly Stood[]): string =>
  placements.map(({ site }) => site).filter((site, index, all) => site !== '' && site !== all[index - 1]).join(' → ');

/** What it was called then, where that is not what it is called now. */
export function thenCalled(placements: readonly Stood[], now: string): string {
  const names = placements.map(({ number, name }) => `${number} · ${name}`).filter((name, index, all) => name !== all[index - 1]);
  return names.every((name) => name === now) ? '' : names.join(' → ');
}

/** Whether columns are shorter than a day: then their hours are written. */
export const isByHour = (columns: readonly Column[]): boolean => columns.every(({ start_us, end_us }) => end_us - start_us <= 3_600_000_000);

export type Place = { row: number; column: number };

const PAGE = 10;

/** Where a key leads from a cell of a grid of that size; null for a key that leads nowhere. The edges hold. */
export function moved({ row, column }: Place, key: string, isControl: boolean, rows: number, columns: number): Place | null {
  const held = (value: number, most: number) => Math.min(Math.max(0, value), Math.max(0, most - 1));
  const to = (nextRow: number, nextColumn: number): Place => ({ row: held(nextRow, rows), column: held(nextColumn, columns) });
  switch (key) {
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'PageUp':
      return to(row - PAGE, column);
    case 'PageDown':
      return to(row + PAGE, column);
    case 'Home':
      return isControl ? to(0, 0) : to(row, 0);
    case 'End':
      return isControl ? to(rows, columns) : to(row, columns);
    default:
      return null;
  }
}
