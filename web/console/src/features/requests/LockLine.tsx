/** Whether what was asked for is locked: since when, how much that is, where a volume has not confirmed it yet; what else is marked. */
import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useAvailability } from '@/api/footage';
import { bytes } from '@/ui/bytes';
import { dayAndTime } from '@/time/format';
import { isWatched } from './tasks';

/** `isNew`: it was registered this moment; the line is read out then. */
export function LockLine({ request, isNew }: { request: RequestDetail; isNew: boolean }) {
  const { t, i18n } = useTranslation('requests');
  const found = useAvailability(request.id, isWatched(request)).data;
  const { locks, marks } = request;
  const kept = locks.placed - locks.released;
  const amount = found && found.segments > 0 ? ` — ${t('lock.amount', { count: found.segments, size: bytes(found.size_bytes, i18n.language) })}` : '';
  return (
    <>
      {kept > 0 && (
        <Alert color="gray" mt="sm" role={isNew ? 'status' : undefined}>
          {t('lock.placed', { time: locks.placed_us === null ? '' : dayAndTime(locks.placed_us, i18n.language), count: kept })}{amount}. {t(found?.segments === 0 ? 'lock.holds_nothing' : 'lock.until')}
        </Alert>
      )}
      {kept === 0 && locks.placed > 0 && <Alert color="gray" mt="sm">{t('lock.released')}</Alert>}
      {locks.pending.length > 0 && <Alert color="yellow" mt="sm" role="status">{t('lock.pending', { where: locks.pending.join(', ') })}</Alert>}
      {marks.map((mark) => <Alert key={mark} color={mark === 'outside_guaranteed_window' ? 'gray' : 'yellow'} mt="sm">{t(`mark.${mark}`)}</Alert>)}
    </>
  );
}
