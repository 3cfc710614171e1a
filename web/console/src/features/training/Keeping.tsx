/** Training for who keeps it: materials, trainings in a room, the list of who has not. */
import { Button, Group, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMaterials } from '@/api/training';
import { PageFailure } from '@/ui/PageState';
import { IconPlus } from '@/theme/icons';
import { MaterialForm } from './MaterialForm';
import { MaterialLine } from './MaterialLine';
import { MissingList } from './MissingList';
import { SessionList } from './SessionList';
import classes from './training.module.css';

export function Keeping() {
  const { t } = useTranslation('training');
  const found = useMaterials();
  const [isAdding, setAdding] = useState(false);
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <div className={classes['keeping']}>
      <Group justify="space-between">
        <Title order={2}>{t('keep.title')}</Title>
        {!isAdding && <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>{t('keep.new')}</Button>}
      </Group>
      {isAdding && <MaterialForm onDone={() => setAdding(false)} />}
      <ul className={classes['materials']}>
        {(found.data ?? []).map((one) => <MaterialLine key={one.id} one={one} />)}
      </ul>
      {found.data?.length === 0 && <p className={classes['hint']}>{t('keep.none')}</p>}
      <SessionList />
      <MissingList />
    </div>
  );
}
