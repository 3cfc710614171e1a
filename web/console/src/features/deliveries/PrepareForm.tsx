/** How the packages are given: on what, by which way, to whom; prints the minutes (P-04). */
import { Alert, Autocomplete, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Delivery, DELIVERY_CHANNELS, draftOfMinutes, type DeliveryChannel, MEDIA, type Medium, usePrepareDelivery } from '@/api/deliveries';
import type { RequestDetail } from '@/api/footage';
import { useFieldProblems } from '@/ui/useFieldProblems';
import grants from '@/ui/papers.module.css';
import { PaperFrame } from '@/ui/PaperFrame';
import { DraftButton } from '@/features/papers/DraftButton';
import { receiverBody, receiverOf } from './receiver';
import { ReceiverFields } from './ReceiverFields';

const MOST = 200;
const ROUTES = ['Telefonla, makamın bilinen numarasından', 'Ayrı kapalı zarfla', 'KEP ile', 'Kurumsal e-posta ile']; // printed on Turkish minutes
const PLACES = { receiver_required: 'receiver', note_invalid: 'note' } as const;
/** By itself a medium goes by one of these ways. */
const WAY: Record<Medium, DeliveryChannel> = { dvd: 'by_hand', usb: 'by_hand', disk: 'by_hand', secure_link: 'secure_link', kep: 'kep' };
const hasSerial = (medium: Medium): boolean => WAY[medium] === 'by_hand';

export function PrepareForm({ request, delivery, onDone }: { request: RequestDetail; delivery: Delivery | null; onDone: () => void }) {
  const { t } = useTranslation('deliveries');
  const prepare = usePrepareDelivery();
  const { at, rest } = useFieldProblems<'receiver' | 'note'>(prepare.error, PLACES);
  const [medium, setMedium] = useState<Medium>(delivery?.medium ?? 'dvd');
  const [channel, setChannel] = useState<DeliveryChannel>(delivery?.channel ?? 'by_hand');
  const [serial, setSerial] = useState(delivery?.medium_serial ?? '');
  const [route, setRoute] = useState(delivery?.passphrase_route ?? '');
  const [note, setNote] = useState('');
  const [isKnown, setKnown] = useState(delivery?.receiver != null);
  const [receiver, setReceiver] = useState(() => receiverOf(delivery?.receiver ?? null, request.sender_name));
  const body = receiverBody(receiver);
  const canSend = route.trim() !== '' && (!isKnown || body !== null) && !prepare.isPending;
  const handing = { medium, channel, medium_serial: hasSerial(medium) ? serial.trim() : '', passphrase_route: route.trim(), receiver: isKnown ? body : null, note: note.trim() };
  const send = () => prepare.mutate({ request_id: request.id, ...handing }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('prepare.title')} article={t('prepare.article')} send={t(delivery ? 'prepare.again' : 'prepare.send')} canSend={canSend} isPending={prepare.isPending} rest={rest} onSend={send} onDone={onDone}>
      {delivery && <Alert color="gray">{t('prepare.version', { number: delivery.record.number })}</Alert>}
      <div className={grants['pair']}>
        <Select autoFocus allowDeselect={false} label={t('field.medium')} value={medium} data={MEDIA.map((value) => ({ value, label: t(`medium.${value}`) }))}
          onChange={(value) => { if (value) { setMedium(value); setChannel(WAY[value]); } }} />
        <Select allowDeselect={false} label={t('field.channel')} value={channel} data={DELIVERY_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} onChange={(value) => value && setChannel(value)} />
      </div>
      {hasSerial(medium) && <TextInput label={t('field.serial')} description={t('field.serial_hint')} autoComplete="off" maxLength={MOST} value={serial} onChange={(event) => setSerial(event.currentTarget.value)} />}
      <Autocomplete required label={t('field.route')} description={t('field.route_hint')} lang="tr" maxLength={MOST} data={ROUTES} value={route} onChange={setRoute} />
      <Switch label={t('field.is_known')} description={t('field.is_known_hint')} checked={isKnown} onChange={(event) => setKnown(event.currentTarget.checked)} />
      {isKnown && <ReceiverFields receiver={receiver} at={at} onChange={setReceiver} />}
      <Textarea label={t('field.note')} lang="tr" maxLength={500} autosize minRows={1} value={note} error={at('note')} onChange={(event) => setNote(event.currentTarget.value)} />
      <DraftButton kind="P-04" isDisabled={!canSend} draw={() => draftOfMinutes(request.id, handing)} />
    </PaperFrame>
  );
}
