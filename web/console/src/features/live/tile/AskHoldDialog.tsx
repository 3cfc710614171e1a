/** Asking that the last minutes of a camera be kept, without seeing them. */
import { Alert, Button, Group, Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type HoldAsk, useAskForHold, useMyHoldAsks } from '@/api/holds';
import type { Camera } from '@/api/types';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { moment } from '@/time/timeWords';
import { cameraName } from '@/ui/camera-names';
import { useFocusBack } from '@/state/useFocusBack';
import { zoneStore } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import classes from './ask-hold.module.css';

const MINUTES = ['5', '15', '30', '60'];
const MINUTE_US = 60_000_000;
const SHOWN = 4;

type Props = { camera: Camera; onClose: () => void };

export function AskHoldDialog({ camera, onClose }: Props) {
  useFocusBack();
  const { t, i18n } = useTranslation('live');
  // The moment of the key: what was asked for does not move while somebody writes. A second back, for no clock is exact.
  const [until_us] = useState(() => serverClock.now_us() - 1_000_000);
  const [minutes, setMinutes] = useState('15');
  const [reason, setReason] = useState('');
  const ask = useAskForHold();
  const { at, rest } = useFieldProblems(ask.error, { reason_required: 'reason' });
  const from_us = until_us - Number(minutes) * MINUTE_US;
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());

  function send(event: FormEvent) {
    event.preventDefault();
    ask.mutate({ camera_id: camera.id, from_us, until_us, reason: reason.replace(/\s+/g, ' ').trim() }); // the register keeps it as one line
  }

  return (
    <Modal opened onClose={onClose} closeOnClickOutside={reason === '' || ask.isSuccess} closeOnEscape={reason === '' || ask.isSuccess} title={t('ask_hold.title')} closeButtonProps={{ 'aria-label': t('save.close') }}>
      {ask.isSuccess ? (
        <Stack>
          <Alert color="green" role="status">{t('ask_hold.sent')}</Alert>
          <Answers />
          <Group justify="flex-end">
            <Button data-autofocus autoFocus onClick={onClose}>{t('save.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={send}>
          <Stack>
            <Text fw={600} lang="tr">{cameraName(camera)}</Text>
            <div>
              <Text size="sm" id="ask-hold-length">{t('ask_hold.length')}</Text>
              <SegmentedControl fullWidth aria-labelledby="ask-hold-length" value={minutes} onChange={setMinutes} data={MINUTES.map((value) => ({ value, label: t('ask_hold.minutes', { value }) }))} />
              <Text size="sm" mt={4} className={classes['span']}>{time(from_us)} – {time(until_us)}</Text>
            </div>
            <Textarea data-autofocus required autosize minRows={3} maxLength={500} label={t('ask_hold.reason')} description={t('ask_hold.says')} value={reason} error={at('reason')} onChange={(event) => setReason(event.currentTarget.value)} />
            {rest && <Alert color="red" role="alert">{rest}</Alert>}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>{t('save.cancel')}</Button>
              <Button type="submit" disabled={!reason.trim()} loading={ask.isPending}>{t('ask_hold.send')}</Button>
            </Group>
            <Answers />
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** What came of one's last wishes. */
function Answers() {
  const { t, i18n } = useTranslation('live');
  const asks = useMyHoldAsks().data ?? [];
  if (asks.length === 0) return null;
  return (
    <section aria-label={t('ask_hold.mine')}>
      <Text size="sm" fw={600}>{t('ask_hold.mine')}</Text>
      <ul className={classes['answers']}>
        {asks.slice(0, SHOWN).map((ask) => (
          <li key={ask.id}>
            <span lang="tr">{cameraName({ number: ask.camera_number, name: ask.camera_name })}</span>
            <span className={classes['span']}>{moment(ask.start_us, i18n.language, zoneStore.get())}</span>
            <span>{answer(ask)}</span>
          </li>
        ))}
      </ul>
    </section>
  );

  function answer({ answered_us, hold_number, answer: why }: HoldAsk): string {
    if (answered_us === null) return t('ask_hold.waiting');
    return hold_number === null ? t('ask_hold.declined', { why }) : t('ask_hold.held', { number: hold_number });
  }
}
