/** Always over a tile: how it stands, which camera, when its frame was seen. */
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import type { Sight } from '@/players/live-session';
import { StateShape } from '@/theme/shapes';
import { decimal } from '@/time/format';
import { FrameClock, type ClockHandle } from './FrameClock';
import { isNotRecording, shapeOf, type TileState } from './tile-state';
import classes from './tile.module.css';

type Props = { camera: Camera; state: TileState; sight: Sight | null; clock: Ref<ClockHandle>; isStopped: boolean };

export function TopStrip({ camera, state, sight, clock, isStopped }: Props) {
  const { t, i18n } = useTranslation('live');
  const shape = shapeOf(state);
  return (
    <div className={classes['top']}>
      {shape && (
        <span className={classes['glyph']} data-shape={shape}>
          <StateShape shape={shape} />
        </span>
      )}
      {isNotRecording(camera) && (
        <span className={classes['glyph']} data-shape="critical" title={t('not_recording')}>
          <StateShape shape="not_recording" />
          <span className="nz-hidden">{t('not_recording')}</span>
        </span>
      )}
      <span className={classes['number']}>{camera.number}</span>
      <span className={classes['name']} lang="tr">
        {camera.name}
      </span>
      {state === 'delayed' && sight?.latency_s != null && (
        <span className={classes['delay']}>{t('delay', { seconds: decimal(sight.latency_s, i18n.language, 0) })}</span>
      )}
      <FrameClock handle={clock} isStopped={isStopped} />
    </div>
  );
}
