/** The cells of a wall with what is in them. */
import { useEffect, useMemo, useRef, type CSSProperties } from 'react';
import type { Camera } from '@/api/types';
import { useStore } from '@/state/store';
import { EmptyCell } from './EmptyCell';
import { hasSpot, layoutOf } from './layouts';
import { overlayLevel, overlayScale } from './settings';
import { useStreamChoice } from './useStreamChoice';
import { cameraIn, type WallAct, type WallState } from './wall-state';
import classes from './wall.module.css';
import { WallTile } from './WallTile';

type Props = {
  state: WallState;
  change: (act: WallAct) => void;
  cameras: Camera[];
  isAwake: boolean;
  /** A wall that nobody operates has no buttons. */
  isUnattended?: boolean;
  askHold?: ((camera: Camera) => void) | null;
};

export function WallGrid({ state, change, cameras, isAwake, isUnattended = false, askHold = null }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(cameras.map((camera) => [camera.id, camera])), [cameras]);
  const streams = useStreamChoice(grid, state, byId);
  const layout = layoutOf(state.layout);
  const scale = useStore(overlayScale);
  const level = useStore(overlayLevel);
  const hadFocus = useRef(false);
  const isSingle = layout.cells.length === 1 || state.isZoomed;

  useEffect(() => {
    // The selected tile carries the focus along, but only if the wall has it (or had it in a tile that is gone now):
    // nothing is taken from a text field.
    const node = grid.current;
    const active = document.activeElement;
    if (!node || !(node.contains(active) || (hadFocus.current && active === document.body))) return;
    node.querySelector<HTMLElement>(`[data-cell="${state.selected}"]`)?.focus();
  }, [state]);

  useEffect(() => {
    // A camera whose right has ended leaves the list: its tile is gone, the focus that was on it stays in its cell.
    if (!hadFocus.current || document.activeElement !== document.body) return;
    grid.current?.querySelector<HTMLElement>(`[data-cell="${state.selected}"]`)?.focus();
  }, [byId, state.selected]);

  const style = {
    '--columns': state.isZoomed ? 1 : layout.columns,
    '--rows': state.isZoomed ? 1 : layout.rows,
    '--overlay-scale': scale / 100,
  } as CSSProperties;

  return (
    <div ref={grid} className={classes['grid']} data-layout={layout.id} data-overlay={level} data-zoomed={state.isZoomed}
      style={style}
      onFocus={() => (hadFocus.current = true)}
      onBlur={(event) => {
        if (event.relatedTarget && !grid.current?.contains(event.relatedTarget)) hadFocus.current = false;
      }}
    >
      {steadyOrder(state, byId).map((at) => {
        const cell = layout.cells[at]!;
        const camera_id = cameraIn(state, at);
        const camera = byId.get(camera_id ?? '');
        const place = state.isZoomed
          ? {}
          : {
              gridColumn: `${cell.column + 1} / span ${cell.width}`,
              gridRow: `${cell.row + 1} / span ${cell.height}`,
              order: at,
            };
        const shared = { cell: at, isSelected: at === state.selected, style: place, change };
        if (!camera) return <EmptyCell key={`empty-${at}`} {...shared} lostId={camera_id} isUnattended={isUnattended} />;
        return (
          <WallTile
            key={camera.id}
            {...shared}
            camera={camera}
            stream={streams.get(at) ?? (camera.has_sub ? 'sub' : 'main')}
            prefer={isSingle || (hasSpot(layout.id) && at === 0) ? 'whep' : 'mse'}
            isAwake={isAwake}
            isZoomed={state.isZoomed}
            isUnattended={isUnattended}
            askHold={askHold}
          />
        );
      })}
    </div>
  );
}

/**
 * Cells to draw, cameras first by number, whatever cell they stand in: changing places then moves no node, for a node
 * that is moved loses the focus and its video stops.
 */
function steadyOrder(state: WallState, cameras: ReadonlyMap<string, Camera>): number[] {
  const number = (cell: number) => cameras.get(cameraIn(state, cell) ?? '')?.number ?? Infinity;
  return layoutOf(state.layout)
    .cells.map((_, at) => at)
    .filter((at) => !state.isZoomed || at === state.selected)
    .sort((a, b) => (number(a) === number(b) ? a - b : number(a) - number(b)));
}
