/** What exists of what is asked for, before anything is saved: the guaranteed window, the matrix, what is marked. */
import { Alert, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreview } from '@/api/footage';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { AvailabilityMatrix } from '@/features/availability';
import { moment } from '@/time/timeWords';
import { zoneStore } from '@/time/format';
import { cameraNames } from '@/ui/camera-names';
import { momentOf } from '@/time/moment';
import type { PageProps } from './page';
import { intervalsOf } from './scope';

export function FoundPage({ draft, choices }: Pick<PageProps, 'draft' | 'choices'>) {
  const { t, i18n } = useTranslation('requests');
  const zone = zoneStore.get();
  const served_us = momentOf(draft.served, zone);
  const intervals = intervalsOf(draft, zone);
  const letter = draft.letterOn ? { letter_no: draft.letterNo, letter_on: draft.letterOn, sender_name: draft.sender } : {};
  const asked = served_us !== null && intervals ? { served_us, cameras: draft.cameras, intervals, ...letter } : null;
  const preview = usePreview(asked);
  const names = useMemo(() => cameraNames(choices.cameras), [choices.cameras]);
  const time = (at_us: number) => moment(at_us, i18n.language, zone);
  if (asked === null) return <Text c="dimmed">{t('found.first')}</Text>;
  if (preview.error && !preview.data) return <PageFailure error={preview.error} onRetry={() => void preview.refetch()} />;
  if (!preview.data) return <PageLoading />;
  const { availability, duplicates } = preview.data;
  return (
    <Stack gap="sm">
      {duplicates.length > 0 && <Alert color="yellow" role="status">{t('duplicate', { numbers: duplicates.map((one) => one.number).join(', ') })}</Alert>}
      {availability.window && <Text size="sm"><strong>{t('window')}</strong> {time(availability.window.start_us)} – {time(availability.window.end_us)}</Text>}
      {availability.marks.map((mark) => <Alert key={mark} color="yellow">{t(`mark.${mark}`)}</Alert>)}
      {availability.away_volumes.length > 0 && <Alert color="yellow">{t('found.away', { where: availability.away_volumes.join(', ') })}</Alert>}
      <AvailabilityMatrix items={availability.items} cameras={names} label={t('found.matrix')} />
      <Text size="sm" c="dimmed">{t('found.locked_next')}</Text>
    </Stack>
  );
}
