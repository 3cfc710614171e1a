import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionEnd } from '@/api/session-gate';
import type { Camera } from '@/api/types';
import { useStore } from '@/state/store';
import { useServerTime } from '@/time/useServerTime';
import classes from './Timeline.module.css';
import { type CameraTimeline, findAt } from './coverage';
import { playbackRefusal } from './right';
import { StillFeed } from './stillFeed';
import { exactClock } from '@/time/timeWords';
import { useBounds } from './useBounds';
import { useWatermark } from './useWatermark';

interface Props {
  camera: Camera;
  timeline: CameraTimeline | null;
  us: number;
  /** Where the pointer is, 0 left to 1 right. */
  share: number;
  widthPx: number;
  zone: string;
}

const WIDTH_PX = 160;

/** The key frame under the pointer with its exact time; in a gap, the cause. */
export function HoverPicture({ camera, timeline, us, share, widthPx, zone }: Props) {
  const { t, i18n } = useTranslation('playback');
  const canvas = useRef<HTMLCanvasElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const feed = useRef<StillFeed | null>(null);
  const [isTampered, setIsTampered] = useState(false);
  useWatermark(thumb, () => setIsTampered(true));
  const bounds = useBounds();
  const isAllowed = useServerTime((now_us) => playbackRefusal(camera, now_us) === null);
  const hasEnded = useStore(sessionEnd) !== null;
  const found = timeline && findAt(timeline, us);
  const hasFootage = found?.kind === 'footage' && !isTampered && isAllowed && !hasEnded;

  useEffect(() => {
    if (!canvas.current) return;
    const opened = new StillFeed(camera.id, canvas.current, () => opened.blank(), bounds);
    feed.current = opened;
    return () => opened.stop();
  }, [camera.id, bounds]);

  useEffect(() => {
    if (hasFootage) feed.current?.showKeyFrame(us);
    else feed.current?.clear();
  }, [us, hasFootage]);

  const left = Math.max(0, Math.min(widthPx - WIDTH_PX, share * widthPx - WIDTH_PX / 2));
  return (
    <div className={classes['hover']} style={{ left }} data-picture={camera.id} aria-hidden="true" onContextMenu={(event) => event.preventDefault()}>
      <div ref={thumb} className={classes['thumb']} data-shown={hasFootage}>
        <canvas ref={canvas} width={0} height={0} />
      </div>
      <span className={classes['hoverTime']}>{exactClock(us, i18n.language, zone)}</span>
      {found?.kind === 'gap' && <span>{t(`cause.${found.gap.cause}.word`, found.gap.cause)}</span>}
    </div>
  );
}
