/** How long something lasts, in digits; amber from 30 days, red on the last. */
import { useTranslation } from 'react-i18next';
import { lastDayOf } from '@/time/format';
import classes from './papers.module.css';

export function DaysLeft({ days, until_us }: { days: number | null; until_us: number | null }) {
  const { t, i18n } = useTranslation('authority');
  if (until_us === null) return <span>—</span>;
  const day = lastDayOf(until_us, i18n.language);
  if (days === null) return <span>{t('until_day', { day })}</span>;
  return (
    <span className={classes['days']} data-tone={days <= 1 ? 'alarm' : days <= 30 ? 'warning' : 'quiet'}>
      <strong>{t('days_left', { count: Math.max(days, 0) })}</strong> <small>{t('until_day', { day })}</small>
    </span>
  );
}
