/** `/training`: what I have to read and watch; for who keeps it, the materials and who does not know them yet. */
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useMyTraining } from '@/api/training';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { Keeping } from './Keeping';
import { Lesson } from './Lesson';
import classes from './training.module.css';

export function TrainingPage() {
  const { t } = useTranslation('training');
  const me = useMe();
  const mine = useMyTraining();
  if (mine.error && !mine.data) return <PageFailure error={mine.error} onRetry={() => void mine.refetch()} />;
  if (!mine.data) return <PageLoading />;
  const open = mine.data.filter((one) => one.acknowledged_us === null);
  const done = mine.data.filter((one) => one.acknowledged_us !== null);
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('title')}</Title>
      <p className={classes['hint']}>{t(mine.data.length === 0 ? 'none' : open.length === 0 ? 'all_done' : 'hint')}</p>
      {[...open, ...done].map((one) => <Lesson key={one.version.id} one={one} />)}
      {me?.actions.includes('manage_training') && <Keeping />}
    </div>
  );
}
