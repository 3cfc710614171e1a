import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { StateShape } from '@/theme/shapes';
import { serverClock } from '@/time/server-clock';
import { DeskClock } from './DeskClock';
import { GapTable } from './GapTable';
import { GoToTime } from './GoToTime';
import { IntervalBar } from './IntervalBar';
import { PlaybackTile } from './PlaybackTile';
import { Timeline } from './Timeline';
import { TimelineLegend } from './TimelineLegend';
import { Transport } from './Transport';
import classes from './PlaybackDesk.module.css';
import type { PlaybackSearch } from './search';
import { useAddress } from './useAddress';
import { useBounds } from './useBounds';
import { useDesk } from './useDesk';
import { useDeskActs } from './useDeskActs';
import { useDeskKeys } from './useDeskKeys';
import { useInterval } from './useInterval';
import { useShown } from './useShown';
import { useTimelines } from './useTimelines';
import { US_PER_HOUR, US_PER_MINUTE, US_PER_SECOND } from '@/time/zoneTime';

interface Props {
  cameras: readonly Camera[];
  search: PlaybackSearch;
  zone: string;
}

const DEFAULT_RATE = 25;

/** Up to nine cameras on one clock, with the time line below them. */
export function PlaybackDesk({ cameras, search, zone }: Props) {
  const { t } = useTranslation('playback');
  const [firstUs] = useState(() => search.at ?? serverClock.now_us() - US_PER_MINUTE);
  const bounds = useBounds();
  const desk = useDesk(firstUs, search.speed ?? 1, bounds);
  const control = useShown(desk, search.span_s ? search.span_s * US_PER_SECOND : US_PER_HOUR);
  const timelines = useTimelines(cameras.map(({ id }) => id), control.shown, bounds);
  useEffect(() => desk.show(new Map(cameras.flatMap(({ id }, index) => (timelines[index] ? [[id, timelines[index]] as const] : [])))), [desk, cameras, timelines]);
  const [chosenTile, setChosenTile] = useState(0);
  const chosen = Math.min(chosenTile, cameras.length - 1);
  const [isGoToOpen, setIsGoToOpen] = useState(false);
  const [said, setSaid] = useState('');
  const wall = useRef<HTMLDivElement>(null);
  const markIn = useRef<HTMLButtonElement>(null);
  const interval = useInterval(desk, search);
  useAddress(desk, control.shown.spanUs, interval.marked);

  const { follow } = control;
  const seek = useCallback(
    (us: number) => {
      follow();
      desk.seek(us);
    },
    [desk, follow],
  );
  const acts = useDeskActs({
    desk,
    cameraId: cameras[chosen]?.id ?? '',
    frameUs: 1_000_000 / (cameras[chosen]?.frames_per_s ?? DEFAULT_RATE),
    timelines,
    chooseTile: useCallback((tile) => setChosenTile(tile), []),
    zoom: control.level,
    follow: control.follow,
    openGoTo: useCallback(() => setIsGoToOpen(true), []),
    mark: interval.mark,
    toggleFullScreen: useCallback(() => void fullScreen(wall.current), []),
    nothingThere: useCallback(() => setSaid(t('jump.nothing')), [t]),
  });
  useDeskKeys(acts);

  return (
    <div className={classes['desk']}>
      <div ref={wall} className={classes['wall']} data-count={cameras.length}>
        {cameras.map((camera, index) => (
          <PlaybackTile
            key={camera.id}
            desk={desk}
            camera={camera}
            index={index}
            zone={zone}
            isChosen={index === chosen && cameras.length > 1}
            onChoose={setChosenTile}
            onSeek={seek}
          />
        ))}
      </div>
      <Transport desk={desk} acts={acts} control={control} clock={<DeskClock desk={desk} zone={zone} />} markIn={markIn} />
      <IntervalBar
        marked={interval.marked}
        zone={zone}
        onClear={() => {
          markIn.current?.focus();
          interval.clear();
        }}
      />
      {timelines.some((timeline) => timeline && timeline.away_volumes.length > 0) && (
        <p className={classes['away']} role="status">
          <StateShape shape="warning" size={14} /> {t('timeline.away')}
        </p>
      )}
      <Timeline desk={desk} cameras={cameras} timelines={timelines} chosen={chosen} onChoose={setChosenTile} control={control} marked={interval.marked} zone={zone} />
      <TimelineLegend timelines={timelines} shown={control.shown} />
      <GapTable cameras={cameras} timelines={timelines} shown={control.shown} zone={zone} onSeek={seek} />
      <GoToTime isOpen={isGoToOpen} atUs={desk.atUs} zone={zone} onClose={() => setIsGoToOpen(false)} onGo={seek} />
      <p className="nz-hidden" role="status">
        {said}
      </p>
    </div>
  );
}

/** The wall, never a single video: overlays and watermarks stay with the pictures. */
async function fullScreen(wall: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) return document.exitFullscreen();
  await wall?.requestFullscreen?.().catch(() => undefined);
}
