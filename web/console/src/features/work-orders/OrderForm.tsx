/** Ordering work: who, at which camera, for what, until when. */
import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenWorkOrder, useWorkChoices, type Work, type WorkChoices, WORKS } from '@/api/work-orders';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { useFieldProblems } from '@/ui/useFieldProblems';
import classes from '@/ui/papers.module.css';
import { PaperFrame } from '@/ui/PaperFrame';
import { DateField } from '@/time/DateField';
import { zoneStore } from '@/time/format';
import { microseconds } from '@/time/local-time';

type Field = 'account_id' | 'camera_id' | 'closes_us' | 'note';
const PLACES: Readonly<Record<string, Field>> = {
  second_person_missing: 'account_id', account_disabled: 'account_id', paper_not_for_role: 'account_id', shared_account_not_allowed: 'account_id',
  camera_not_found: 'camera_id', until_in_the_past: 'closes_us', work_order_too_long: 'closes_us', note_invalid: 'note',
}; // prettier-ignore

export function OrderForm({ onDone }: { onDone: () => void }) {
  const choices = useWorkChoices();
  if (choices.error && !choices.data) return <PageFailure error={choices.error} onRetry={() => void choices.refetch()} />;
  return choices.data ? <Form choices={choices.data} onDone={onDone} /> : <PageLoading />;
}

function Form({ choices, onDone }: { choices: WorkChoices; onDone: () => void }) {
  const { t } = useTranslation('work-orders');
  const open = useOpenWorkOrder();
  const { at, rest } = useFieldProblems(open.error, PLACES);
  const [technician, setTechnician] = useState<string | null>(null);
  const [camera, setCamera] = useState<string | null>(null);
  const [kind, setKind] = useState<Work>('fault');
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const closes_us = microseconds(until, zoneStore.get());
  const canSend = technician !== null && camera !== null && closes_us !== null;
  const send = () => {
    if (canSend) open.mutate({ account_id: technician, camera_id: camera, kind, closes_us, note }, { onSuccess: onDone });
  };
  return (
    <PaperFrame title={t('new')} article={t('article')} send={t('open')} canSend={canSend} isPending={open.isPending} rest={rest} onSend={send} onDone={onDone}>
      <Select searchable required autoFocus openOnFocus={false} label={t('field.technician')} value={technician} error={at('account_id')} onChange={setTechnician} nothingFoundMessage={t('no_technician')}
        data={choices.technicians.map((one) => ({ value: one.id, label: `${one.display_name} · ${one.name}` }))} />
      <Select searchable required label={t('field.camera')} value={camera} error={at('camera_id')} onChange={setCamera} nothingFoundMessage={t('no_camera')}
        data={choices.cameras.map((one) => ({ value: one.id, label: `${one.number} · ${one.name}${one.site ? ` — ${one.site}` : ''}` }))} />
      <div className={classes['pair']}>
        <Select required allowDeselect={false} label={t('field.kind')} value={kind} onChange={(value) => value && setKind(value)} data={WORKS.map((value) => ({ value, label: t(`work.${value}`) }))} />
        <DateField required hasTime label={t('field.until')} description={t('field.until_hint', { count: choices.most_hours / 24 })} value={until} error={at('closes_us')} onChange={setUntil} />
      </div>
      <Textarea label={t('field.note')} description={t('field.note_hint')} maxLength={500} autosize minRows={2} value={note} error={at('note')} onChange={(event) => setNote(event.currentTarget.value)} />
    </PaperFrame>
  );
}
