/** The papers a grant may still need: the signature, the training, the supervisor's letter. Each says its article. */
import { Alert, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type GrantDetail, useCorrectGrant, useRecordAgreement, useRenewGrant, useReportDutyChange } from '@/api/authority';
import type { Paper as Printed } from '@/api/papers';
import { useProblemWords } from '@/app/problem-words';
import { useFocusBack } from '@/state/useFocusBack';
import { endOfDay_us } from '@/time/local-time';
import { zoneStore } from '@/time/format';

type Props = { grant: GrantDetail; onDone: () => void };

export function RenewForm({ grant, onDone }: Props) {
  const { t } = useTranslation('authority');
  const renew = useRenewGrant();
  const [no, setNo] = useState('');
  const [on, setOn] = useState('');
  const applicant = grant.supervisor_id;
  const send = () => applicant && renew.mutate({ id: grant.id, letter_no: no, letter_on: on, applicant_id: applicant }, { onSuccess: onDone });
  return (
    <Paper name="renewal" canSend={no.trim() !== '' && on !== '' && applicant !== null} isPending={renew.isPending} error={renew.error} onSend={send} onDone={onDone}>
      <Text size="sm">{applicant ? t('supervisor_is', { name: grant.supervisor_name }) : t('supervisor_none')}</Text>
      <TextInput autoFocus required label={t('field.letter_no')} maxLength={60} value={no} onChange={(event) => setNo(event.currentTarget.value)} />
      <TextInput required type="date" label={t('field.letter_on')} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
    </Paper>
  );
}

/** `paper`: the printed agreement that the person signed, where there is one. */
export function AgreementForm({ person_id, paper, onDone }: { person_id: string; paper?: Printed | undefined; onDone: () => void }) {
  const { t } = useTranslation('authority');
  const { t: papers } = useTranslation('papers');
  const sign = useRecordAgreement();
  const [on, setOn] = useState('');
  const [reference, setReference] = useState('');
  const send = () => sign.mutate({ person_id, signed_on: on, reference, document_id: paper?.id ?? null }, { onSuccess: onDone });
  return (
    <Paper name="agreement" canSend={on !== ''} isPending={sign.isPending} error={sign.error} onSend={send} onDone={onDone}>
      <TextInput autoFocus required type="date" label={t('field.agreement')} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      {paper && <Text size="sm">{papers('linked', { number: paper.number })}</Text>}
      <TextInput label={t('field.reference')} maxLength={500} value={reference} onChange={(event) => setReference(event.currentTarget.value)} />
    </Paper>
  );
}

export function TrainingForm({ grant, onDone }: Props) {
  const { t } = useTranslation('authority');
  const correct = useCorrectGrant();
  const [training, setTraining] = useState('');
  const send = () => correct.mutate({ id: grant.id, training }, { onSuccess: onDone });
  return (
    <Paper name="training" canSend={training.trim() !== ''} isPending={correct.isPending} error={correct.error} onSend={send} onDone={onDone}>
      <TextInput autoFocus required label={t('field.training')} description={t('field.training_hint')} maxLength={200} value={training} onChange={(event) => setTraining(event.currentTarget.value)} />
    </Paper>
  );
}

/** A change of duty ends everything that lets the person see, now or after the old duty's last day. */
export function DutyForm({ grant, onDone }: Props) {
  const { t } = useTranslation('authority');
  const report = useReportDutyChange();
  const [no, setNo] = useState('');
  const [on, setOn] = useState('');
  const [lastDay, setLastDay] = useState('');
  const effective_us = lastDay ? endOfDay_us(lastDay, zoneStore.get()) : null;
  const send = () => report.mutate({ person_id: grant.person_id, letter_no: no, letter_on: on, effective_us, note: '' }, { onSuccess: onDone });
  return (
    <Paper name="duty" canSend={no.trim() !== '' && on !== ''} isPending={report.isPending} error={report.error} onSend={send} onDone={onDone}>
      {!lastDay && <Alert color="yellow">{t('closes', { count: grant.open_views })}</Alert>}
      <TextInput autoFocus required label={t('field.letter_no')} maxLength={60} value={no} onChange={(event) => setNo(event.currentTarget.value)} />
      <TextInput required type="date" label={t('field.letter_on')} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
      <TextInput type="date" label={t('field.last_day')} description={t('field.last_day_hint')} value={lastDay} onChange={(event) => setLastDay(event.currentTarget.value)} />
    </Paper>
  );
}

type PaperProps = { name: string; canSend: boolean; isPending: boolean; error: unknown; onSend: () => void; onDone: () => void; children: ReactNode };

function Paper({ name, canSend, isPending, error, onSend, onDone, children }: PaperProps) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const words = useProblemWords();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSend) onSend();
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onDone()}>
      <Fieldset legend={t(`do.${name}`)}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">{t(`article.${name}`)}</Text>
          {children}
          {error !== null && error !== undefined && <Alert color="red" role="alert">{words(error)}</Alert>}
          <Group>
            <Button type="submit" disabled={!canSend} loading={isPending}>{t('record')}</Button>
            <Button variant="default" onClick={onDone}>{t('cancel')}</Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
