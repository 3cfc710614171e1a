import { useTranslation } from 'react-i18next';
import { duration } from '@/time/timeWords';
import { missingUs } from './exceptions';
import type { CameraHealth } from './health';
import classes from './health.module.css';

interface Props {
  gaps: CameraHealth['gaps'];
  dayStartUs: number;
  nowUs: number;
}

/** The last 24 hours of one camera: what is missing, drawn and in words. */
export function DayStrip({ gaps, dayStartUs, nowUs }: Props) {
  const { t, i18n } = useTranslation('health');
  const wholeUs = nowUs - dayStartUs;
  const lostUs = missingUs(gaps, dayStartUs, nowUs);
  return (
    <div className={classes['day']}>
      <svg className={classes['strip']} viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className={classes['footage']} width="1000" height="10" />
        {gaps.map((gap) => {
          const fromUs = Math.max(gap.start_us, dayStartUs);
          const share = ((gap.end_us ?? nowUs) - fromUs) / wholeUs;
          return (
            <rect
              key={gap.start_us}
              className={gap.cause === 'not_commissioned' ? classes['unborn'] : classes['gap']}
              x={((fromUs - dayStartUs) / wholeUs) * 1000}
              width={Math.max(2, share * 1000)}
              height="10"
            />
          );
        })}
      </svg>
      <span className={classes['hint']}>{lostUs > 0 ? t('lost', { time: duration(lostUs, i18n.language) }) : t('no_gaps')}</span>
    </div>
  );
}
