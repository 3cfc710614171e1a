/** `/views`: what was kept of walls, and tours through it. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tour } from '@/api/types';
import { useTours, useViews } from '@/api/views';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { IconPlus } from '@/theme/icons';
import { TourEditor } from './TourEditor';
import { TourRow } from './TourRow';
import { ViewRow } from './ViewRow';
import classes from './views.module.css';

export function ViewsPage() {
  const { t } = useTranslation('views');
  const views = useViews();
  const tours = useTours();
  const [edited, setEdited] = useState<Tour | 'new' | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useFocusAfterRemoval((views.data?.length ?? 0) + (tours.data?.length ?? 0), title);
  const failed = views.data ? tours.data ? null : tours : views;
  if (failed?.error) return <PageFailure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!views.data || !tours.data) return <PageLoading />;
  const [mine, shared] = [views.data.filter((view) => view.is_mine), views.data.filter((view) => !view.is_mine)];
  return (
    <div className={classes['page']}>
      <Title order={1} ref={title} tabIndex={-1}>
        {t('title')}
      </Title>
      <section>
        <Title order={2}>{t('mine')}</Title>
        {mine.length === 0 && <Text c="dimmed">{t('none')}</Text>}
        <ul className={classes['list']}>
          {mine.map((view) => (
            <ViewRow key={view.id} view={view} />
          ))}
        </ul>
      </section>
      {shared.length > 0 && (
        <section>
          <Title order={2}>{t('shared')}</Title>
          <ul className={classes['list']}>
            {shared.map((view) => (
              <ViewRow key={view.id} view={view} />
            ))}
          </ul>
        </section>
      )}
      <section>
        <Group justify="space-between">
          <Title order={2}>{t('tours')}</Title>
          <Button variant="default" size="xs" leftSection={<IconPlus size={16} />} disabled={views.data.length < 2} onClick={() => setEdited('new')}>
            {t('new_tour')}
          </Button>
        </Group>
        {tours.data.length === 0 && (
          <Stack gap={4}>
            <Text c="dimmed">{t(views.data.length < 2 ? 'tour_needs_views' : 'no_tours')}</Text>
          </Stack>
        )}
        <ul className={classes['list']}>
          {tours.data.map((tour) => (
            <TourRow key={tour.id} tour={tour} views={views.data} onEdit={() => setEdited(tour)} />
          ))}
        </ul>
      </section>
      {edited && <TourEditor tour={edited === 'new' ? null : edited} views={views.data} onClose={() => setEdited(null)} />}
    </div>
  );
}

/** A deleted row takes the focus with it: the page's title has it then. */
function useFocusAfterRemoval(count: number, title: RefObject<HTMLElement | null>): void {
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current && document.activeElement === document.body) title.current?.focus();
    before.current = count;
  }, [count, title]);
}
