/** The wall of this window: kept over a reload, begun with a picture that already plays. */
import { useEffect, useReducer, useRef } from 'react';
import type { Camera, SavedView } from '@/api/types';
import { isLayout, layoutFor, layoutOf, DEFAULT_LAYOUT } from './layouts';
import { changeWall, emptyWall, type WallAct, type WallState } from './wall-state';

const KEY = 'nazar.wall';

/** What this tab showed before it was loaded anew; other people's walls are not taken up. */
function kept(owner_id: string): WallState | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as { owner_id: string; state: WallState } | null;
    if (found?.owner_id !== owner_id || !isLayout(found.state.layout) || !Array.isArray(found.state.cells)) return null;
    return { ...emptyWall, ...found.state, isZoomed: false };
  } catch {
    return null;
  }
}

export const showView = (view: SavedView): WallAct => ({
  do: 'show',
  layout: isLayout(view.layout) ? view.layout : DEFAULT_LAYOUT,
  cells: view.cells,
  view_id: view.id,
});

/** The first cameras by number, on a layout that fits how many there are. */
export function firstWall(cameras: readonly Camera[]): WallState {
  const watchable = cameras.filter((camera) => camera.live !== null).sort((a, b) => a.number - b.number);
  const layout = layoutFor(watchable.length);
  return { ...emptyWall, layout, cells: watchable.slice(0, layoutOf(layout).cells.length).map((camera) => camera.id) };
}

type Start = { owner_id: string; cameras: Camera[]; view: SavedView | null };

export function useWall(start: Start): [WallState, (act: WallAct) => void] {
  const [state, change] = useReducer(changeWall, start, ({ owner_id, cameras, view }) => {
    if (view) return changeWall(emptyWall, showView(view));
    return kept(owner_id) ?? firstWall(cameras);
  });
  const shown = useRef(start.view?.id ?? null);
  const asked = start.view;
  useEffect(() => {
    // A link or the list of views asked for another one.
    if (asked && asked.id !== shown.current) change(showView(asked));
    shown.current = asked?.id ?? null;
  }, [asked]);
  const hadNone = useRef(start.cameras.length === 0);
  useEffect(() => {
    // Whoever might see nothing when the wall was begun finds on it what they are given first.
    if (!hadNone.current || start.cameras.length === 0) return;
    hadNone.current = false;
    if (state.cells.every((id) => id === null)) change({ do: 'show', ...firstWall(start.cameras) });
  }, [start.cameras, state.cells]);
  useEffect(() => {
    if (!hadNone.current) sessionStorage.setItem(KEY, JSON.stringify({ owner_id: start.owner_id, state }));
  }, [start.owner_id, state]);
  return [state, change];
}
