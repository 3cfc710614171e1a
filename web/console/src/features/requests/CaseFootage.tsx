/** What exists of a case's footage now, and the way to it for the officer whose work it is. */
import { Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useAvailability } from '@/api/footage';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { AvailabilityMatrix } from '@/features/availability';
import { cameraName } from '@/ui/camera-names';
import { isWatched } from './tasks';

export function CaseFootage({ request }: { request: RequestDetail }) {
  const { t } = useTranslation('requests');
  const found = useAvailability(request.id, isWatched(request));
  const names = useMemo(() => new Map(request.items.map((one) => [one.camera_id, cameraName({ number: one.camera_number, name: one.camera_name })])), [request.items]);
  if (!isWatched(request)) return null;
  return (
    <section>
      <Title order={2} mb="xs">{t('found.title')}</Title>
      {found.error && !found.data && <PageFailure error={found.error} onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <PageLoading />}
      {found.data && <AvailabilityMatrix items={found.data.items} cameras={names} label={t('found.matrix')} />}
    </section>
  );
}
