/** Ordering the packages of a request: how many, how large, whether the disk has room; what is done about what is missing. */
import { Alert, Checkbox, Loader, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEstimate, useOrderExports } from '@/api/exports';
import type { RequestDetail } from '@/api/footage';
import { isProblem } from '@/api/problem';
import { useProblemWords } from '@/ui/problem-words';
import { Facts } from '@/ui/Facts';
import { PaperFrame } from '@/ui/PaperFrame';
import { bytes } from '@/ui/bytes';
import { DerivedSection } from './DerivedSection';
import { type Wish, isWhole } from './masks';

export function OrderForm({ request, onDone }: { request: RequestDetail; onDone: () => void }) {
  const { t, i18n } = useTranslation('exports');
  const words = useProblemWords();
  const [wish, setWish] = useState<Wish | null>(null);
  const estimate = useEstimate(request.id, wish?.cameras.map((one) => one.camera_id).sort() ?? []);
  const order = useOrderExports();
  const [takes, setTakes] = useState(false);
  const found = estimate.data;
  const size = (count: number) => bytes(count, i18n.language);
  const canSend = found?.is_enough === true && (wish === null || isWhole(wish));
  const isWaited = isProblem(order.error, 'still_recording') || isProblem(order.error, 'volume_away');
  return (
    <PaperFrame title={t('order.title')} article={t('order.article')} send={t('order.send')} canSend={canSend && !order.isPending} isPending={order.isPending}
      rest={order.error ? words(order.error) : estimate.error ? words(estimate.error) : null} isTyped={wish?.cameras.some((one) => one.masks.length > 0 || one.isOpen) ?? false} onDone={onDone}
      onSend={() => order.mutate({ request_id: request.id, takes_what_is_there: takes, derived: bodyOf(wish) }, { onSuccess: onDone })}>
      {!found && !estimate.error && <Text size="sm" c="dimmed" role="status"><Loader size="xs" color="gray" mr="xs" />{t('order.measuring')}</Text>}
      {found && (
        <Facts rows={[[t('order.packages'), t('order.count', { count: found.packages })], [t('order.bytes'), size(found.bytes)], [t('order.free'), size(found.free_bytes)]]} />
      )}
      {found && !found.is_enough && <Alert color="red" role="alert">{t('order.no_room', { size: size(Math.max(0, found.bytes - found.free_bytes)) })}</Alert>}
      <Checkbox autoFocus label={t('order.takes')} description={t('order.takes_says')} checked={takes} onChange={(event) => setTakes(event.currentTarget.checked)} />
      <DerivedSection request={request} wish={wish} watermark={found?.watermark ?? null} warnings={found?.warnings ?? []} onChange={setWish} />
      {wish && !isWhole(wish) && <Text size="sm">{t('derived.not_whole')}</Text>}
      {request.state === 'partially_available' && <Text size="sm">{t('order.partial')}</Text>}
      {isWaited && <Alert color="yellow">{t('order.waited')}</Alert>}
    </PaperFrame>
  );
}

const bodyOf = (wish: Wish | null) =>
  wish && { watermark: wish.watermark, cameras: wish.cameras.map(({ camera_id, masks }) => ({ camera_id, masks: masks.map((mask) => mask.map((corner) => [...corner])) })) };
