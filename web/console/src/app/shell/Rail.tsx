/** The sections this person can open; the server decides again on every call. */
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { IconChevron, IconChevronLeft, IconDocument, IconHealth, IconHelp, IconLive, IconLock, IconLog, IconPlayback, IconRequest, IconSpot, IconUnits, IconViews, IconKey, IconShared, IconShield, IconStamp, IconTools, IconTraining } from '@/theme/icons';
import { Mark } from '@/theme/Mark';
import { type Place, sectionsOf } from './sections';
import classes from './shell.module.css';

const KEY = 'nazar.rail';
const ICONS: Partial<Record<Place, typeof IconLive>> = {
  live: IconLive, playback: IconPlayback, views: IconViews, me: IconKey, 'my-unit': IconUnits, grants: IconStamp, assignments: IconShield,
  'shared-accounts': IconShared, requests: IconRequest, statistics: IconRequest, 'work-orders': IconTools, health: IconHealth, cameras: IconSpot,
  audit: IconLog, breaches: IconLock, documents: IconDocument, admin: IconUnits, training: IconTraining, help: IconHelp,
}; // prettier-ignore
/** Pages that lie beside the requests under one heading. */
const OF_REQUESTS = ['/letters', '/holds', '/applications', '/statistics'];

const show = (item: Element | null | undefined) => item?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

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
  // On a phone the bar is longer than the screen: it is pushed to where one is, unless a key is on its way along it.
  useEffect(() => {
    if (!nav.current?.contains(document.activeElement)) show(nav.current?.querySelector('[aria-current]'));
  }, [here]);
  const isInside = (place: Place) => place === 'requests' && OF_REQUESTS.some((one) => here.startsWith(one));
  return (
    <nav ref={nav} className={classes['rail']} data-wide={isWide} aria-label={t('rail.label')} onFocus={(event) => show(event.target)}>
      <div className={classes['brand']}>
        <Mark size={30} />
        {isWide && <strong>{t('product')}</strong>}
      </div>
      {sectionsOf(me).map((place) => {
        const Icon = ICONS[place] ?? IconViews;
        return (
          <Link key={place} to={`/${place}`} className={classes['item']} activeProps={{ 'aria-current': 'page' }} inactiveProps={isInside(place) ? { 'aria-current': 'page' } : {}}>
            <Icon size={21} />
            <span>{t(`rail.${place}`)}</span>
          </Link>
        );
      })}
      <span className={classes['space']} />
      <button type="button" className={`${classes['item']} ${classes['toggle']}`} onClick={toggle} aria-label={t(isWide ? 'rail.collapse' : 'rail.expand')} aria-expanded={isWide}>
        {isWide ? <IconChevronLeft size={19} /> : <IconChevron size={19} />}
      </button>
    </nav>
  );
}
