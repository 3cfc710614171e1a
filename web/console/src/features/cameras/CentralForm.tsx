/** Record this camera centrally: why, until when; from when only if not from now on. */
import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecordCentrally } from '@/api/central-recordings';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { MomentField } from '@/time/MomentField';
import { momentOf, UNTYPED } from '@/time/moment';
import { zoneStore } from '@/time/format';

/** Which field a refusal belongs to. */
const PLACES: Readonly<Record<string, 'reason' | 'from_us' | 'until_us'>> = {
  central_recording_reason_missing: 'reason', central_recording_in_past: 'from_us',
  central_recording_empty: 'until_us', central_recording_too_long: 'until_us',
}; // prettier-ignore

export function CentralForm({ cameraId, onDone }: { cameraId: string; onDone: () => void }) {
  const { t } = useTranslation('cameras');
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState(UNTYPED);
  const [until, setUntil] = useState(UNTYPED);
  const order = useRecordCentrally();
  const { at, rest } = useFieldProblems(order.error, PLACES);
  const zone = zoneStore.get();
  const isFromNow = from.text === '';
  const from_us = momentOf(from, zone);
  const until_us = momentOf(until, zone);
  const canSend = reason.trim() !== '' && until_us !== null && (isFromNow || from_us !== null);
  const send = () => until_us !== null && order.mutate({ id: cameraId, reason, from_us, until_us }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('central.order')} article={t('central.order_hint')} send={t('central.send')} canSend={canSend} isPending={order.isPending} rest={rest} isTyped={reason !== '' || until.text !== ''} onSend={send} onDone={onDone}>
      <Textarea autoFocus required autosize minRows={2} lang="tr" label={t('central.reason')} description={t('central.reason_hint')} maxLength={500} value={reason} error={at('reason')} onChange={(event) => setReason(event.currentTarget.value)} />
      <MomentField label={t('central.from')} description={t('central.from_hint')} value={from} error={at('from_us')} onChange={setFrom} />
      <MomentField required label={t('central.until')} description={t('central.until_hint')} value={until} error={at('until_us')} onChange={setUntil} />
    </PaperFrame>
  );
}
