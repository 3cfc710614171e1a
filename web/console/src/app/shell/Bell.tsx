/** The bell: how many things wait for this person, and the way to them. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useReminders } from '@/api/reminders';
import { IconBell } from '@/theme/icons';
import classes from './bell.module.css';

const MOST = 99;

export function Bell() {
  const { t } = useTranslation();
  const waiting = useReminders().data ?? [];
  const words = t('top.waiting', { count: waiting.length });
  return (
    <Link to="/waiting" className={classes['bell']} aria-label={words} title={words} activeProps={{ 'aria-current': 'page' }}>
      <IconBell size={20} />
      {waiting.length > 0 && (
        <span className={classes['count']} data-late={waiting.some((one) => one.urgency === 'late')} aria-hidden="true">
          {waiting.length > MOST ? `${MOST}+` : waiting.length}
        </span>
      )}
    </Link>
  );
}
