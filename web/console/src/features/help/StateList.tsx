import { useTranslation } from 'react-i18next';
import { type ShapeName, StateShape } from '@/theme/shapes';
import classes from './help.module.css';

const STATES: readonly { name: string; shape: ShapeName | null; colour: string }[] = [
  { name: 'live', shape: null, colour: 'text-2' },
  { name: 'connecting', shape: 'connecting', colour: 'text-2' },
  { name: 'delayed', shape: 'warning', colour: 'warning' },
  { name: 'frozen', shape: 'paused', colour: 'warning' },
  { name: 'no_picture', shape: 'critical', colour: 'alarm' },
  { name: 'recording', shape: 'recording', colour: 'text-2' },
  { name: 'not_recording', shape: 'not_recording', colour: 'alarm' },
  { name: 'mask_failure', shape: 'mask', colour: 'alarm' },
];
const CAUSES = ['camera_offline', 'network', 'recorder_down', 'disk_failure', 'maintenance', 'mask_failure', 'retention_expired', 'not_commissioned', 'volume_away', 'unknown'];

/** The signs on a picture and the letters on the time line. */
export function StateList() {
  const { t } = useTranslation('help');
  const { t: play } = useTranslation('playback');
  return (
    <>
      <dl className={classes['states']}>
        {STATES.map(({ name, shape, colour }) => (
          <div key={name}>
            <dt>
              <span className={classes['shape']} style={{ color: `var(--nz-${colour})` }}>
                {shape && <StateShape shape={shape} size={16} />}
              </span>
              {t(`state.${name}.word`)}
            </dt>
            <dd>{t(`state.${name}.text`)}</dd>
          </div>
        ))}
      </dl>
      <h3 className={classes['caption']}>{t('states.gaps')}</h3>
      <dl className={classes['states']}>
        {CAUSES.map((cause) => (
          <div key={cause}>
            <dt>
              <span className={classes['letter']}>{play(`cause.${cause}.letter`)}</span>
              {play(`cause.${cause}.word`)}
            </dt>
          </div>
        ))}
      </dl>
    </>
  );
}
