/** The registers beside each other: letters, requests, holds, applications; what they come to. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import admin from './pages.module.css';
import { may } from '@/state/duty';

const PLACES = [
  { to: '/letters', word: 'letters' },
  { to: '/requests', word: 'requests' },
  { to: '/holds', word: 'holds' },
  { to: '/applications', word: 'applications' },
  { to: '/statistics', word: 'statistics' },
] as const;

export function Tabs() {
  const { t } = useTranslation('requests');
  const me = useMe();
  return (
    <nav className={admin['tabs']} aria-label={t('tabs.label')}>
      {PLACES.filter(({ to }) => may(me, to === '/statistics' ? 'see_reports' : 'see_requests')).map(({ to, word }) => <Link key={to} to={to} className={admin['tab']} activeProps={{ 'aria-current': 'page' }}>{t(`tabs.${word}`)}</Link>)}
    </nav>
  );
}
