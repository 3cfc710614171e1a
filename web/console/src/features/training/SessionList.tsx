/** Trainings in a room, the newest first, with the way to enter one. */
import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTrainingSessions } from '@/api/training-sessions';
import { PageFailure } from '@/ui/PageState';
import { Pages } from '@/ui/Pages';
import { IconPlus } from '@/theme/icons';
import { SessionLine } from './SessionLine';
import { SessionPanel } from './SessionPanel';
import classes from './training.module.css';

export function SessionList() {
  const { t } = useTranslation('training');
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<string | null>(null); // a training's id, or `new`
  const found = useTrainingSessions(page);
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return null;
  const { sessions, total } = found.data;
  const corrected = sessions.find((one) => one.id === open) ?? null;
  return (
    <section aria-labelledby="training-room">
      <Group justify="space-between">
        <Title order={2} id="training-room">{t('room.title')}</Title>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen('new')}>{t('room.new')}</Button>
      </Group>
      {total === 0 && <p className={classes['hint']}>{t('room.none')}</p>}
      <ul className={classes['materials']}>
        {sessions.map((one) => <SessionLine key={one.id} one={one} onEdit={() => setOpen(one.id)} />)}
      </ul>
      <Pages total={total} page={page} onPage={setPage} />
      {(open === 'new' || corrected !== null) && <SessionPanel key={open} one={corrected} onClose={() => setOpen(null)} />}
    </section>
  );
}
