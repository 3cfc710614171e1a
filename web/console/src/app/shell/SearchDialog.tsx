/** One field for every camera, view and page. */
import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCameras } from '@/api/cameras';
import { useMe } from '@/api/session';
import { useViews } from '@/api/views';
import { matches } from '@/state/fold';
import { IconSearch } from '@/theme/icons';
import { useFocusBack } from '@/state/useFocusBack';
import classes from './search.module.css';
import { pagesOf } from './sections';

const MOST = 8;

type Hit = { key: string; group: 'cameras' | 'views' | 'pages'; text: string; more: string; go: () => void };

export function SearchDialog({ onClose }: { onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const hits = useHits(query);
  const chosen = hits[Math.min(at, hits.length - 1)];

  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    hit.go();
  };
  const pressed = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((Math.min(at, hits.length - 1) + step + hits.length) % Math.max(1, hits.length));
    } else if (event.key === 'Enter') open(chosen);
  };

  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size="lg" yOffset="12vh" centered={false} aria-label={t('search.title')}>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        px="sm"
        className={classes['field']}
        leftSection={<IconSearch size={19} />}
        placeholder={t('search.placeholder')}
        aria-label={t('search.title')}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={chosen ? `${id}-${chosen.key}` : undefined}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={pressed}
      />
      <div id={id} role="listbox" aria-label={t('search.title')} className={classes['hits']}>
        {hits.map((hit, index) => (
           
          <div
            key={hit.key}
            id={`${id}-${hit.key}`}
            role="option"
            aria-selected={hit === chosen}
            className={classes['hit']}
            onMouseMove={() => setAt(index)}
            onClick={() => open(hit)}
          >
            <span lang={hit.group === 'pages' ? undefined : 'tr'}>{hit.text}</span>
            <small>
              {hit.more && `${hit.more} · `}
              {t(`search.${hit.group}`)}
            </small>
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className={classes['none']}>{t('search.none')}</p>}
    </Modal>
  );
}

function useHits(query: string): Hit[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const cameras = useCameras().data;
  const views = useViews().data;
  return useMemo(() => {
    const all: Hit[] = [
      ...(cameras ?? []).map((camera) => ({
        key: camera.id,
        group: 'cameras' as const,
        text: `${camera.number} · ${camera.name}`,
        more: camera.site,
        go: () =>
          void (camera.live
            ? navigate({ to: '/live', search: { camera: camera.id } })
            : navigate({ to: '/playback', search: { cameras: [camera.id] } })),
      })),
      ...(views ?? []).map((view) => ({
        key: view.id,
        group: 'views' as const,
        text: view.name,
        more: '',
        go: () => void navigate({ to: '/live', search: { view: view.id } }),
      })),
      ...pagesOf(me).map((page) => ({ key: page, group: 'pages' as const, text: t(`rail.${page}`), more: '', go: () => void navigate({ to: `/${page}` }) })),
    ];
    return all.filter((hit) => matches(query, [hit.text, hit.more])).slice(0, MOST);
  }, [query, cameras, views, me, t, navigate]);
}
