/** Which stream each cell asks for, by the size it has had for two seconds. */
import { useEffect, useMemo, useState, type RefObject } from 'react';
import type { Camera, StreamKind } from '@/api/types';
import { hasSpot, layoutOf } from './layouts';
import { chooseStreams, mainLimit, type TileSize } from './stream-choice';
import { cameraIn, type WallState } from './wall-state';

const STEADY_MS = 2_000;

function useSteadyWidth(element: RefObject<HTMLElement | null>): number {
  const [width_px, setWidth] = useState(0);
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;
    const observer = new ResizeObserver((entries) => {
      const next_px = entries[0]?.contentRect.width ?? 0;
      clearTimeout(timer);
      if (isFirst) setWidth(next_px);
      else timer = setTimeout(() => setWidth(next_px), STEADY_MS);
      isFirst = false;
    });
    observer.observe(node);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [element]);
  return width_px;
}

export function useStreamChoice(
  element: RefObject<HTMLElement | null>,
  state: WallState,
  cameras: ReadonlyMap<string, Camera>,
): ReadonlyMap<number, StreamKind> {
  const width_px = useSteadyWidth(element);
  return useMemo(() => {
    const layout = layoutOf(state.layout);
    const tiles: TileSize[] = layout.cells.flatMap((cell, at) => {
      const camera = cameras.get(cameraIn(state, at) ?? '');
      if (!camera || (state.isZoomed && at !== state.selected)) return [];
      const isSpot = state.isZoomed || (hasSpot(layout.id) && at === 0);
      const share = state.isZoomed ? 1 : cell.width / layout.columns;
      return [{ cell: at, width_px: width_px * share, has_sub: camera.has_sub, isSpot }];
    });
    return chooseStreams(tiles, window.devicePixelRatio, mainLimit(navigator.hardwareConcurrency));
  }, [state, cameras, width_px]);
}
