/** The sections this person can open; the server decides again on every call. */
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { IconChevron, IconChevronLeft, IconDocument, IconHealth, IconHelp, IconLive, IconLock, IconLog, IconPlayback, IconRequest, IconSpot, IconUnits, IconViews, IconKey, IconShared, IconShield, IconStamp, IconTools, IconTraining } from '@/theme/icons';
import { placesOf } from '@/features/admin/places';
import { mayFindDocuments } from '@/features/documents/allowed';
import { Mark } from '@/theme/Mark';
import classes from './shell.module.css';

const KEY = 'nazar.rail';
/** Pages that lie beside the requests under one heading. */
const OF_REQUESTS = ['/letters', '/holds', '/applications', '/statistics'];

export function Rail() {
  const { t } = useTranslation();
  const me = useMe();
  const [isWide, setWide] = useState(localStorage.getItem(KEY) === 'wide');
  const toggle = () => {
    localStorage.setItem(KEY, isWide ? 'narrow' : 'wide');
    setWide(!isWide);
  };
  const here = useLocation({ select: ({ pathname }) => pathname });
  const nav = useRef<HTMLElement>(null);
  // On a phone the bar is longer than the screen: it is pushed to where one is.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [here]);
  const isInside = (to: string) => to === '/requests' && OF_REQUESTS.some((place) => here.startsWith(place));
  const sections = [
    { to: '/live', word: 'live', Icon: IconLive },
    { to: '/playback', word: 'playback', Icon: IconPlayback },
    { to: '/views', word: 'views', Icon: IconViews },
    { to: '/me', word: 'me', Icon: IconKey },
    ...(me?.actions.includes('apply_for_authority') ? [{ to: '/my-unit', word: 'my-unit', Icon: IconUnits }] : []),
    ...(me?.actions.includes('see_authority')
      ? [
          { to: '/grants', word: 'grants', Icon: IconStamp },
          { to: '/assignments', word: 'assignments', Icon: IconShield },
          { to: '/shared-accounts', word: 'shared-accounts', Icon: IconShared },
        ]
      : []),
    ...(me?.actions.includes('see_requests') ? [{ to: '/requests', word: 'requests', Icon: IconRequest }] : []),
    ...(me?.actions.includes('see_reports') && !me.actions.includes('see_requests') ? [{ to: '/statistics', word: 'statistics', Icon: IconRequest }] : []),
    ...(me?.actions.includes('open_work_order') ? [{ to: '/work-orders', word: 'work-orders', Icon: IconTools }] : []),
    ...(me?.may_see_health ? [{ to: '/health', word: 'health', Icon: IconHealth }] : []),
    ...(me?.actions.includes('manage_cameras') ? [{ to: '/cameras', word: 'cameras', Icon: IconSpot }] : []),
    ...(me?.actions.includes('read_audit') ? [{ to: '/audit', word: 'audit', Icon: IconLog }] : []),
    ...(me?.actions.includes('see_registers') ? [{ to: '/breaches', word: 'breaches', Icon: IconLock }] : []),
    ...(mayFindDocuments(me) ? [{ to: '/documents', word: 'documents', Icon: IconDocument }] : []),
    ...(placesOf(me).length > 0 ? [{ to: '/admin', word: 'admin', Icon: IconUnits }] : []),
    { to: '/training', word: 'training', Icon: IconTraining },
    { to: '/help', word: 'help', Icon: IconHelp },
  ];
  return (
    <nav ref={nav} className={classes['rail']} data-wide={isWide} aria-label={t('rail.label')}>
      <div className={classes['brand']}>
        <Mark size={30} />
        {isWide && <strong>{t('product')}</strong>}
      </div>
      {sections.map(({ to, word, Icon }) => (
        <Link key={to} to={to} className={classes['item']} activeProps={{ 'aria-current': 'page' }} inactiveProps={isInside(to) ? { 'aria-current': 'page' } : {}}>
          <Icon size={21} />
          <span>{t(`rail.${word}`)}</span>
        </Link>
      ))}
      <span className={classes['space']} />
      <button type="button" className={`${classes['item']} ${classes['toggle']}`} onClick={toggle} aria-label={t(isWide ? 'rail.collapse' : 'rail.expand')} aria-expanded={isWide}>
        {isWide ? <IconChevronLeft size={19} /> : <IconChevron size={19} />}
      </button>
    </nav>
  );
}
