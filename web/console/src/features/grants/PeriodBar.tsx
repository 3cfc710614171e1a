/** The running period from day 1 to day 180: where today is, when reminders are due. The words say it without the drawing. */
import { useTranslation } from 'react-i18next';
import type { GrantDetail } from '@/api/authority';
import { useSecond_us } from '@/time/useServerTime';
import { lastDayOf } from '@/time/format';
import { periodAt, share } from './period';
import classes from '@/ui/papers.module.css';

const MARKS = [30, 14, 7, 1];

export function PeriodBar({ grant }: { grant: GrantDetail }) {
  const { t, i18n } = useTranslation('authority');
  const now_us = useSecond_us();
  const period = periodAt(grant.periods, now_us);
  if (!period || grant.until_us === null) return null;
  const end_us = Math.min(period.until_us, grant.until_us);
  const at = (moment_us: number) => `${share(period.from_us, end_us, moment_us) * 100}%`;
  const left = grant.days_left;
  return (
    <figure className={classes['bar']}>
      <figcaption>
        {left !== null && <strong className={classes['digits']}>{t('days_left', { count: Math.max(left, 0) })}</strong>}
        <span>{t('bar_ends', { day: lastDayOf(end_us, i18n.language) })}</span>
      </figcaption>
      <div className={classes['track']} aria-hidden="true">
        <span className={classes['passed']} style={{ width: at(now_us) }} />
        {grant.marks_us.map((mark_us, index) => mark_us > period.from_us && (
          <span key={mark_us} className={classes['mark']} style={{ left: at(mark_us) }}><small>{MARKS[index]}</small></span>
        ))}
        <span className={classes['today']} style={{ left: at(now_us) }}><small>{t('today')}</small></span>
      </div>
    </figure>
  );
}
