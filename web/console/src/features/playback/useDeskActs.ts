/** What a key or a button of playback does. */
import { useCallback } from 'react';
import { type CameraTimeline, gapEdges, gapStarts, neighbourOf } from './coverage';
import type { Desk } from './desk';
import type { KeyAct } from './keys';
import { US_PER_MINUTE, US_PER_SECOND } from '@/time/zoneTime';

export type DeskActs = (act: KeyAct, tile?: number) => void;

const STEP_US = 5 * US_PER_SECOND;

interface Around {
  desk: Desk;
  /** The chosen camera and how long one of its pictures lasts. */
  cameraId: string;
  frameUs: number;
  timelines: readonly (CameraTimeline | null)[];
  chooseTile: (tile: number) => void;
  zoom: (by: number) => void;
  follow: () => void;
  openGoTo: () => void;
  mark: (end: 'in' | 'out') => void;
  toggleFullScreen: () => void;
  /** Said when there is nothing to jump to. */
  nothingThere: () => void;
}

export function useDeskActs(around: Around): DeskActs {
  const { desk, cameraId, frameUs, timelines, chooseTile, zoom, follow, openGoTo, mark, toggleFullScreen, nothingThere } = around;
  return useCallback(
    (act, tile) => {
      const seek = (us: number | null) => {
        if (us === null) return nothingThere();
        follow();
        desk.seek(us);
      };
      const known = timelines.filter((timeline) => timeline !== null);
      const jump = (moments: number[], by: 1 | -1, hereUs?: number) => seek(neighbourOf(moments, desk.atUs, by, hereUs));
      const frame = (by: 1 | -1) => {
        follow();
        desk.stepFrame(by, cameraId, frameUs);
      };
      const oldest = () => known.flatMap(({ oldest_us }) => oldest_us ?? []).sort((a, b) => a - b)[0] ?? null;
      const doing: Record<KeyAct, () => void> = {
        toggle: () => desk.toggle(),
        stop: () => desk.pause(),
        back: () => shuttle(desk, -1),
        forward: () => shuttle(desk, 1),
        step_back: () => seek(desk.atUs - STEP_US),
        step_on: () => seek(desk.atUs + STEP_US),
        minute_back: () => seek(desk.atUs - US_PER_MINUTE),
        minute_on: () => seek(desk.atUs + US_PER_MINUTE),
        frame_back: () => frame(-1),
        frame_on: () => frame(1),
        edge_back: () => jump(gapEdges(known), -1),
        edge_on: () => jump(gapEdges(known), 1),
        gap_back: () => jump(gapStarts(known), -1, 0),
        gap_on: () => jump(gapStarts(known), 1, 0),
        mark_in: () => mark('in'),
        mark_out: () => mark('out'),
        first: () => seek(oldest()),
        last: () => {
          follow();
          desk.toNow();
        },
        go_to: openGoTo,
        closer: () => zoom(1),
        wider: () => zoom(-1),
        tile: () => chooseTile(tile ?? 0),
        full_screen: toggleFullScreen,
      };
      doing[act]();
    },
    [desk, cameraId, frameUs, timelines, chooseTile, zoom, follow, openGoTo, mark, toggleFullScreen, nothingThere],
  );
}

/** J and L: turn round first, then faster with each press. */
function shuttle(desk: Desk, by: 1 | -1): void {
  const { rate, isPlaying } = desk.state.get();
  if (isPlaying && Math.sign(rate) === by) desk.stepRate(1);
  else if (Math.sign(rate) !== by) desk.setRate(by);
  desk.play();
}
