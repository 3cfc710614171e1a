import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { decimal } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { PictureClock } from './PictureClock';
import type { Desk } from './desk';
import classes from './PlaybackTile.module.css';
import { playbackRefusal } from './right';
import { TileSlate } from './TileSlate';
import { useTrack } from './useTrack';
import { useWatermark } from './useWatermark';

const WORTH_SAYING_US = 500_000;

interface Props {
  desk: Desk;
  camera: Camera;
  index: number;
  zone: string;
  isChosen: boolean;
  onChoose: (index: number) => void;
  onSeek: (us: number) => void;
}

/** One camera: its picture at the clock's time, or the slate that says why there is none. */
export function PlaybackTile({ desk, camera, index, zone, isChosen, onChoose, onSeek }: Props) {
  const { t, i18n } = useTranslation('playback');
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const name = useRef<HTMLButtonElement>(null);
  const refusal = useServerTime((now_us) => playbackRefusal(camera, now_us));
  const { track, view } = useTrack(desk, camera.id, video, canvas, refusal);
  useWatermark(picture, () => track?.refuse('recording_attempt'));
  const offsetUs = camera.clock_offset_us ?? 0;
  const offset = `${offsetUs > 0 ? '+' : '−'}${decimal(Math.abs(offsetUs) / 1_000_000, i18n.language)}`;

  return (
    <section
      className={classes['tile']}
      data-chosen={isChosen || undefined}
      data-view={view.kind}
      data-camera={camera.id}
      aria-label={t('tile.label', { number: camera.number, name: camera.name })}
      onClick={() => onChoose(index)}
      onContextMenu={(event) => event.preventDefault()}
      onDragStart={(event) => event.preventDefault()}
    >
      <div ref={picture} className={classes['picture']} data-picture={camera.id} data-shown={view.kind}>
        <video ref={video} className={classes['video']} muted playsInline disablePictureInPicture disableRemotePlayback controlsList="nodownload noremoteplayback nofullscreen" tabIndex={-1} aria-hidden="true" />
        <canvas ref={canvas} className={classes['still']} width={0} height={0} aria-hidden="true" />
      </div>
      <div className={classes['strip']}>
        <button ref={name} type="button" className={classes['name']} aria-pressed={isChosen} onClick={() => onChoose(index)}>
          <span className={classes['number']}>{camera.number}</span> <bdi lang="tr">{camera.name}</bdi>
        </button>
        {Math.abs(offsetUs) >= WORTH_SAYING_US && (
          <span className={classes['offset']} title={t('tile.offset_long', { offset })}>
            {t('tile.offset', { offset })}
          </span>
        )}
        <PictureClock desk={desk} track={track} zone={zone} />
      </div>
      <TileSlate
        view={view}
        zone={zone}
        onSeek={(us) => {
          name.current?.focus(); // the slate goes with the button that was pressed
          onSeek(us);
        }}
      />
    </section>
  );
}
