/** The frame around every page: rail, top bar, messages about the connection. */
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '@/api/events';
import { useStore } from '@/state/store';
import { Rail } from './Rail';
import classes from './shell.module.css';
import { TopBar } from './TopBar';

export function Shell() {
  const { t } = useTranslation();
  const isAway = useStore(connection) === 'away';
  const section = useRouterState({ select: (state) => state.location.pathname.split('/')[1] ?? '' });
  useEffect(() => {
    const key = `rail.${section}`;
    const name = t(key);
    document.title = name === key ? t('product') : `${name} · ${t('product')}`;
  }, [section, t]);
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#content">
        {t('skip')}
      </a>
      <Rail />
      <div className={classes['column']}>
        <TopBar />
        {isAway && (
          <div className={classes['away']} role="alert">
            {t('state.away')}
          </div>
        )}
        <main id="content" className={classes['content']} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}
