/** One line below the time line: what its colours and its letters mean, of the causes only those that can be seen in it now. */
import { useTranslation } from 'react-i18next';
import { type CameraTimeline, causesIn } from './coverage';
import classes from './TimelineLegend.module.css';
import { type Shown, endOf } from './zoom';

const MARKS = ['footage', 'gap', 'expected', 'guaranteed', 'playhead'] as const;

export function TimelineLegend({ timelines, shown }: { timelines: readonly (CameraTimeline | null)[]; shown: Shown }) {
  const { t } = useTranslation('playback');
  const causes = causesIn(timelines.filter((one) => one !== null), shown.startUs, endOf(shown));
  return (
    <ul className={classes['legend']} aria-label={t('legend.label')}>
      {MARKS.map((mark) => (
        <li key={mark}>
          <span className={classes['mark']} data-mark={mark} aria-hidden="true" /> {t(`legend.${mark}`)}
        </li>
      ))}
      {causes.map((cause) => (
        <li key={cause}>
          <span className={classes['letter']}>{t(`cause.${cause}.letter`, '?')}</span> {t(`cause.${cause}.word`, cause)}
        </li>
      ))}
    </ul>
  );
}
