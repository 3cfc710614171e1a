/** Search, the server's clock, the person. */
import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchDialog } from '@/app/dialogs';
import { IconSearch } from '@/theme/icons';
import { clockTime, longDay } from '@/time/format';
import { useSecond_us } from '@/time/useServerTime';
import { Bell } from './Bell';
import classes from './shell.module.css';
import { UserMenu } from './UserMenu';

export function TopBar() {
  const { t } = useTranslation();
  const [isSearching, setSearching] = useState(false);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setSearching(true);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  return (
    <header className={classes['top']}>
      <UnstyledButton className={classes['search']} onClick={() => setSearching(true)} title={t('top.search_hint')} aria-keyshortcuts="Control+K">
        <IconSearch size={17} />
        <span>{t('top.search')}</span>
        <kbd>Ctrl K</kbd>
      </UnstyledButton>
      <span className={classes['space']} />
      <ServerClock />
      <Bell />
      <UserMenu />
      {isSearching && <SearchDialog onClose={() => setSearching(false)} />}
    </header>
  );
}

function ServerClock() {
  const { t, i18n } = useTranslation();
  const now_us = useSecond_us();
  return (
    <div className={classes['clock']} title={t('top.clock')}>
      <span className={classes['day']}>{longDay(now_us, i18n.language)}</span>
      <time>{clockTime(now_us, i18n.language)}</time>
    </div>
  );
}
