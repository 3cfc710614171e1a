/** The papers a grant may still need: the signature, the training, the supervisor's letter. Each says its article. */
import { Alert, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GrantDetail, useCorrectGrant, useRecordAgreement, useRenewGrant, useReportDutyChange } from '@/api/authority';
import type { Paper as Printed } from '@/api/papers';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { DateField } from '@/time/DateField';
import { zoneStore } from '@/time/format';
import { endOfDay_us } from '@/time/local-time';
import { PaperFrame } from '@/ui/PaperFrame';

type Props = { grant: GrantDetail; onDone: () => void };

const LETTER = { renewal_letter_missing: 'letter_no', duty_change_letter_missing: 'letter_no', letter_in_future: 'letter_on' } as const;

export function RenewForm({ grant, onDone }: Props) {
  const { t } = useTranslation('authority');
  const renew = useRenewGrant();
  const { at, rest } = useFieldProblems(renew.error, LETTER);
  const [no, setNo] = useState('');
  const [on, setOn] = useState('');
  const applicant = grant.supervisor_id;
  const send = () => applicant && renew.mutate({ id: grant.id, letter_no: no, letter_on: on, applicant_id: applicant }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('do.renewal')} article={t('article.renewal')} canSend={no.trim() !== '' && on !== '' && applicant !== null} isPending={renew.isPending} rest={rest} onSend={send} onDone={onDone}>
      <Text size="sm">{applicant ? t('supervisor_is', { name: grant.supervisor_name }) : t('supervisor_none')}</Text>
      <TextInput autoFocus required label={t('field.letter_no')} maxLength={60} value={no} error={at('letter_no')} onChange={(event) => setNo(event.currentTarget.value)} />
      <DateField required label={t('field.letter_on')} value={on} error={at('letter_on')} onChange={setOn} />
    </PaperFrame>
  );
}

/** `paper`: the printed agreement that the person signed, where there is one. */
export function AgreementForm({ person_id, paper, onDone }: { person_id: string; paper?: Printed | undefined; onDone: () => void }) {
  const { t } = useTranslation('authority');
  const { t: papers } = useTranslation('papers');
  const sign = useRecordAgreement();
  const { at, rest } = useFieldProblems(sign.error, { letter_in_future: 'signed_on', note_invalid: 'reference' });
  const [on, setOn] = useState('');
  const [reference, setReference] = useState('');
  const send = () => sign.mutate({ person_id, signed_on: on, reference, document_id: paper?.id ?? null }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('do.agreement')} article={t('article.agreement')} canSend={on !== ''} isPending={sign.isPending} rest={rest} onSend={send} onDone={onDone}>
      <DateField autoFocus required label={t('field.agreement')} value={on} error={at('signed_on')} onChange={setOn} />
      {paper && <Text size="sm">{papers('linked', { number: paper.number })}</Text>}
      <TextInput label={t('field.reference')} maxLength={500} value={reference} error={at('reference')} onChange={(event) => setReference(event.currentTarget.value)} />
    </PaperFrame>
  );
}

export function TrainingForm({ grant, onDone }: Props) {
  const { t } = useTranslation('authority');
  const correct = useCorrectGrant();
  const { at, rest } = useFieldProblems(correct.error, { training_missing: 'training' });
  const [training, setTraining] = useState('');
  const send = () => correct.mutate({ id: grant.id, training }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('do.training')} article={t('article.training')} canSend={training.trim() !== ''} isPending={correct.isPending} rest={rest} onSend={send} onDone={onDone}>
      <TextInput autoFocus required label={t('field.training')} description={t('field.training_hint')} maxLength={200} value={training} error={at('training')} onChange={(event) => setTraining(event.currentTarget.value)} />
    </PaperFrame>
  );
}

/** A change of duty ends everything that lets the person see, now or after the old duty's last day. `warning`: what now means. */
export function DutyForm({ person, warning, onDone }: { person: { id: string; full_name: string }; warning: string; onDone: () => void }) {
  const { t } = useTranslation('authority');
  const report = useReportDutyChange();
  const { at, rest } = useFieldProblems(report.error, LETTER);
  const [no, setNo] = useState('');
  const [on, setOn] = useState('');
  const [lastDay, setLastDay] = useState('');
  const effective_us = lastDay ? endOfDay_us(lastDay, zoneStore.get()) : null;
  const send = () => report.mutate({ person_id: person.id, letter_no: no, letter_on: on, effective_us, note: '' }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('duty_of', { name: person.full_name })} article={t('article.duty')} canSend={no.trim() !== '' && on !== ''} isPending={report.isPending} rest={rest} onSend={send} onDone={onDone}>
      {!lastDay && <Alert color="yellow">{warning}</Alert>}
      <TextInput autoFocus required label={t('field.letter_no')} maxLength={60} value={no} error={at('letter_no')} onChange={(event) => setNo(event.currentTarget.value)} />
      <DateField required label={t('field.letter_on')} value={on} error={at('letter_on')} onChange={setOn} />
      <DateField label={t('field.last_day')} description={t('field.last_day_hint')} value={lastDay} onChange={setLastDay} />
    </PaperFrame>
  );
}
