/** One tour: its stops, its pace. */
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SavedView, Tour } from '@/api/types';
import { useDeleteTour } from '@/api/views';
import { useProblemWords } from '@/ui/problem-words';
import { openWall } from '@/features/live/wall/open-wall';
import { DeleteButton } from './DeleteButton';
import classes from './views.module.css';

type Props = { tour: Tour; views: SavedView[]; onEdit: () => void };

export function TourRow({ tour, views, onEdit }: Props) {
  const { t } = useTranslation('views');
  const words = useProblemWords();
  const remove = useDeleteTour();
  const names = tour.view_ids.map((id) => views.find((view) => view.id === id)?.name ?? t('gone'));
  return (
    <li className={classes['row']}>
      <div className={classes['words']}>
        <span className={classes['name']} lang="tr">{tour.name}</span>
        <small>
          {t('every', { seconds: tour.dwell_s })} · <span lang="tr">{names.join(' → ')}</span>
        </small>
        {remove.error && <small role="alert" className={classes['error']}>{words(remove.error)}</small>}
      </div>
      <Group gap="xs" justify="flex-end">
        <Button size="xs" variant="default" onClick={() => openWall(tour.id)}>{t('window')}</Button>
        {tour.is_mine && <Button size="xs" variant="default" onClick={onEdit}>{t('edit')}</Button>}
        {tour.is_mine && <DeleteButton name={tour.name} isPending={remove.isPending} onDelete={() => remove.mutate(tour.id)} />}
      </Group>
    </li>
  );
}
