/** `/admin`: persons, units and accounts under one head. */
import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import classes from '@/ui/pages.module.css';
import { placesOf } from './places';

export function AdminPage() {
  const { t } = useTranslation('admin');
  const me = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const places = placesOf(me);
  const first = places[0];
  if (first && /^\/admin\/?$/.test(path)) return <Navigate to={first.to} replace />;
  return (
    <div className={classes['page']}>
      <nav className={classes['tabs']} aria-label={t('tabs')}>
        {places.map(({ to, word }) => (
          <Link key={to} to={to} className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
            {t(`tab.${word}`)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
