/** The cameras that this person may watch, by site, with a search that knows Turkish letters. */
import { CloseButton, TextInput } from '@mantine/core';
import { useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { matches } from '@/state/fold';
import { IconSearch } from '@/theme/icons';
import { CameraRow } from './CameraRow';
import { bySite } from './sites';
import classes from './tree.module.css';

type Props = {
  cameras: Camera[];
  /** Ids of the cameras on the wall. */
  shown: ReadonlySet<string>;
  onPick: (camera: Camera) => void;
  search: Ref<HTMLInputElement>;
  /** Back to the wall. */
  onLeave: () => void;
};

export function CameraTree({ cameras, shown, onPick, search, onLeave }: Props) {
  const { t } = useTranslation('live');
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(
    () => cameras.filter((camera) => matches(query, [camera.number, camera.name, camera.site])),
    [cameras, query],
  );
  const sites = useMemo(() => bySite(found), [found]);

  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];

  function pressed(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      if (query) setQuery('');
      else onLeave();
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
    all[Math.max(0, Math.min(at, all.length - 1))]?.focus();
  }

  function entered(event: KeyboardEvent) {
    const first = sites[0]?.cameras[0];
    if (event.key !== 'Enter' || !first) return;
    onPick(first);
    setQuery('');
  }

  return (
     
    <div className={classes['tree']} onKeyDown={pressed}>
      <TextInput
        ref={search}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={entered}
        placeholder={t('tree.search')}
        aria-label={t('tree.search')}
        leftSection={<IconSearch size={17} />}
        rightSection={query ? <CloseButton size="sm" aria-label={t('tree.clear')} onClick={() => setQuery('')} /> : null}
        spellCheck={false}
        autoComplete="off"
      />
      <div className={classes['count']} role="status">
        {query ? t('tree.found', { count: found.length }) : t('tree.all', { count: cameras.length })}
      </div>
      <div ref={list} className={classes['list']}>
        {found.length === 0 && query !== '' && <p className={classes['none']}>{t('tree.none')}</p>}
        {cameras.length === 0 && <p className={classes['none']}>{t('tree.no_right')}</p>}
        {sites.map(({ site, cameras: members }) => (
          <details key={site} open className={classes['site']}>
            <summary lang="tr">
              {site || t('tree.no_site')} <span>{members.length}</span>
            </summary>
            <ul>
              {members.map((camera) => (
                <li key={camera.id}>
                  <CameraRow camera={camera} isShown={shown.has(camera.id)} onPick={onPick} />
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </div>
  );
}
