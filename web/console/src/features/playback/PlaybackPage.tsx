import { Alert, Button, Modal, Skeleton, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCameras } from '@/api/cameras';
import { useMe } from '@/api/session';
import type { Camera } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import { lastDayOf } from '@/time/format';
import { CameraPicker } from './CameraPicker';
import { NeedsOlur } from './NeedsOlur';
import { PlaybackDesk } from './PlaybackDesk';
import classes from './PlaybackPage.module.css';

/** `/playback`: first the right, then the cameras, then their past. */
export function PlaybackPage() {
  const { t } = useTranslation('playback');
  const me = useMe();
  const words = useProblemWords();
  const { data: cameras, error, refetch } = useCameras();
  if (error && !cameras)
    return (
      <Alert role="alert" title={words(error)} m="md">
        <Button onClick={() => void refetch()}>{t('page.retry')}</Button>
      </Alert>
    );
  if (!cameras || !me) return <Skeleton height="60vh" m="md" aria-label={t('page.loading')} />;
  const allowed = cameras.filter(({ playback }) => playback !== null);
  if (allowed.length === 0) return <NeedsOlur hasLive={cameras.some(({ live }) => live !== null)} />;
  return <Chosen cameras={cameras} allowed={allowed} zone={me.zone} />;
}

function Chosen({ cameras, allowed, zone }: { cameras: readonly Camera[]; allowed: readonly Camera[]; zone: string }) {
  const { t, i18n } = useTranslation('playback');
  const search = useSearch({ from: '/signed-in/shell/playback' });
  const navigate = useNavigate({ from: '/playback' });
  const [isPicking, setIsPicking] = useState(false);
  const ids = search.cameras ?? [];
  const chosen = ids.flatMap((id) => cameras.find((camera) => camera.id === id) ?? []);
  const hidden = ids.length - chosen.length;
  const title = useRef<HTMLHeadingElement>(null);
  const hasChosen = chosen.length > 0;

  useEffect(() => {
    // The first choice goes with the button that was pressed.
    if (hasChosen && document.activeElement === document.body) title.current?.focus();
  }, [hasChosen]);

  const open = (picked: string[]) => {
    setIsPicking(false);
    void navigate({ search: (old) => ({ ...old, cameras: picked }) });
  };
  const picker = <CameraPicker cameras={allowed} chosen={chosen.map(({ id }) => id)} onOpen={open} />;

  if (chosen.length === 0)
    return (
      <div className={classes['pick']}>
        <Title order={1}>{t('page.pick')}</Title>
        <p className={classes['hint']}>{hidden > 0 ? t('refused.no_grant') : t('page.pick_hint')}</p>
        {picker}
      </div>
    );
  const bases = [...new Set(chosen.flatMap(({ playback }) => (playback ? [basisWords(playback)] : [])))];
  function basisWords({ text, until_us }: { text: string; until_us: number | null }): string {
    return until_us === null ? text : t('picker.until', { basis: text, until: lastDayOf(until_us, i18n.language) });
  }
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <h1 ref={title} tabIndex={-1} className={classes['title']}>{t('page.title')}</h1>
        <span className={classes['basis']} title={bases.join(' · ')}>
          {t('page.basis', { basis: bases.join(' · ') || '—' })}
        </span>
        {hidden > 0 && <span className={classes['hidden']}>{t('page.hidden', { count: hidden })}</span>}
        <Button variant="default" size="compact-md" onClick={() => setIsPicking(true)}>
          {t('page.cameras', { count: chosen.length })}
        </Button>
      </header>
      <PlaybackDesk cameras={chosen} search={search} zone={zone} />
      <Modal opened={isPicking} onClose={() => setIsPicking(false)} title={t('page.pick')} closeButtonProps={{ 'aria-label': t('go.close') }}>
        {isPicking && picker}
      </Modal>
    </div>
  );
}
