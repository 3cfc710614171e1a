/** What stands where on a wall, and how acts change it. */
import { DEFAULT_LAYOUT, layoutOf, neighbour, type Direction, type LayoutId } from './layouts';

export type WallState = {
  layout: LayoutId;
  /** Camera ids; as many as the layout has cells or more, so that going back to a larger layout loses nothing. */
  cells: (string | null)[];
  selected: number;
  isZoomed: boolean;
  /** The saved view this came from, while nothing was changed since. */
  view_id: string | null;
};

export type WallAct =
  | { do: 'show'; layout: LayoutId; cells: (string | null)[]; view_id: string | null }
  | { do: 'layout'; layout: LayoutId }
  | { do: 'select'; cell: number }
  | { do: 'move' | 'swap'; direction: Direction }
  | { do: 'place'; camera_id: string; cell?: number }
  | { do: 'exchange'; from: number; to: number }
  | { do: 'clear'; cell?: number }
  | { do: 'zoom'; isZoomed?: boolean };

export const emptyWall: WallState = { layout: DEFAULT_LAYOUT, cells: [], selected: 0, isZoomed: false, view_id: null };

export const cellCount = (state: WallState): number => layoutOf(state.layout).cells.length;

/** The camera in a cell that is on the wall now. */
export const cameraIn = (state: WallState, cell: number): string | null =>
  cell < cellCount(state) ? (state.cells[cell] ?? null) : null;

function exchanged(cells: (string | null)[], a: number, b: number): (string | null)[] {
  const next = padded(cells, Math.max(a, b) + 1);
  [next[a], next[b]] = [next[b] ?? null, next[a] ?? null];
  return next;
}

const padded = (cells: (string | null)[], size: number): (string | null)[] =>
  Array.from({ length: Math.max(size, cells.length) }, (_, at) => cells[at] ?? null);

export function changeWall(state: WallState, act: WallAct): WallState {
  switch (act.do) {
    case 'show':
      return { layout: act.layout, cells: act.cells, view_id: act.view_id, isZoomed: false, selected: 0 };
    case 'layout': {
      const selected = Math.min(state.selected, layoutOf(act.layout).cells.length - 1);
      return { ...state, layout: act.layout, selected, isZoomed: false, view_id: null };
    }
    case 'select':
      // Nothing new leaves the focus where it is, on a button of the tile, say: Tab would not get past it else.
      return act.cell >= 0 && act.cell < cellCount(state) && act.cell !== state.selected ? { ...state, selected: act.cell } : state;
    case 'move':
      return { ...state, selected: neighbour(layoutOf(state.layout), state.selected, act.direction) };
    case 'swap': {
      const to = neighbour(layoutOf(state.layout), state.selected, act.direction);
      return to === state.selected
        ? state
        : { ...state, cells: exchanged(state.cells, state.selected, to), selected: to, view_id: null };
    }
    case 'place':
      return place(state, act.camera_id, act.cell ?? state.selected);
    case 'exchange':
      return act.from === act.to
        ? state
        : { ...state, cells: exchanged(state.cells, act.from, act.to), selected: act.to, view_id: null };
    case 'clear': {
      const cell = act.cell ?? state.selected;
      if (cameraIn(state, cell) === null) return state;
      const cells = state.cells.map((camera, at) => (at === cell ? null : camera));
      return { ...state, cells, isZoomed: false, view_id: null };
    }
    case 'zoom': {
      const isZoomed = act.isZoomed ?? !state.isZoomed;
      return { ...state, isZoomed: isZoomed && cameraIn(state, state.selected) !== null };
    }
  }
}

/** A camera stands on a wall once: if it is there already, the two cells change places. */
function place(state: WallState, camera_id: string, cell: number): WallState {
  if (cell >= cellCount(state)) return state;
  const there = state.cells.slice(0, cellCount(state)).indexOf(camera_id);
  if (there === cell) return { ...state, selected: cell };
  const cells = padded(state.cells, cell + 1);
  if (there >= 0) return { ...state, cells: exchanged(cells, there, cell), selected: cell, view_id: null };
  cells[cell] = camera_id;
  return { ...state, cells, selected: cell, view_id: null };
}
