/** The footage is in the receiver's hands: who it is, since when; then every copy here is destroyed. */
import { Alert, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Delivery, useHandOver } from '@/api/deliveries';
import type { RequestDetail } from '@/api/footage';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { momentOf, UNTYPED } from '@/time/moment';
import { MomentField } from '@/time/MomentField';
import { zoneStore } from '@/time/format';
import { receiverBody, receiverOf } from './receiver';
import { ReceiverFields } from './ReceiverFields';

const PLACES = { receiver_required: 'receiver', receiver_differs: 'receiver', delivered_in_future: 'delivered', delivered_before_signed: 'delivered' } as const;

export function HandOverForm({ request, delivery, onDone }: { request: RequestDetail; delivery: Delivery; onDone: () => void }) {
  const { t } = useTranslation('deliveries');
  const handOver = useHandOver();
  const { at, rest } = useFieldProblems<'receiver' | 'delivered'>(handOver.error, PLACES);
  const [receiver, setReceiver] = useState(() => receiverOf(delivery.receiver, request.sender_name));
  const [isEarlier, setEarlier] = useState(false);
  const [delivered, setDelivered] = useState(UNTYPED);
  const body = receiverBody(receiver);
  const delivered_at_us = isEarlier ? momentOf(delivered, zoneStore.get()) : null;
  const canSend = body !== null && (!isEarlier || delivered_at_us !== null) && !handOver.isPending;
  return (
    <PaperFrame title={t('hand_over.title')} article={t('hand_over.article')} send={t('hand_over.send')} canSend={canSend} isPending={handOver.isPending} rest={rest}
      onSend={() => handOver.mutate({ request_id: request.id, receiver: body, delivered_at_us }, { onSuccess: onDone })} onDone={onDone}>
      <ReceiverFields hasFocus receiver={receiver} at={at} onChange={setReceiver} />
      <Switch label={t('field.is_earlier')} checked={isEarlier} onChange={(event) => setEarlier(event.currentTarget.checked)} />
      {isEarlier && <MomentField required label={t('field.delivered')} value={delivered} error={at('delivered')} onChange={setDelivered} />}
      <Alert color="yellow">{t('hand_over.then')}{request.holds.length > 0 && ` ${t('hand_over.held', { numbers: request.holds.map((one) => one.number).join(', ') })}`}</Alert>
    </PaperFrame>
  );
}
