/** Registering an application: its fifteen days run from when it came. */
import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Application, APPLICANTS, APPLICATION_CHANNELS, useRegisterApplication } from '@/api/applications';
import { useFieldProblems } from '@/ui/useFieldProblems';
import grants from '@/ui/papers.module.css';
import { PaperFrame } from '@/ui/PaperFrame';
import { momentOf, UNTYPED } from '@/time/moment';
import { MomentField } from '@/time/MomentField';
import { zoneStore } from '@/time/format';

type Field = 'applicant' | 'subject' | 'received_us' | 'reference';
const PLACES: Readonly<Record<string, Field>> = { applicant_required: 'applicant', subject_required: 'subject', received_in_future: 'received_us', reference_invalid: 'reference' };

export function RegisterForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('applications');
  const register = useRegisterApplication();
  const { at, rest } = useFieldProblems<Field>(register.error, PLACES);
  const [kind, setKind] = useState<Application['kind']>('citizen');
  const [channel, setChannel] = useState<Application['channel']>('cimer');
  const [applicant, setApplicant] = useState('');
  const [reference, setReference] = useState('');
  const [received, setReceived] = useState(UNTYPED);
  const [subject, setSubject] = useState('');
  const received_us = momentOf(received, zoneStore.get());
  const canSend = applicant.trim() !== '' && subject.trim() !== '' && received_us !== null;
  const send = () => {
    if (received_us !== null) register.mutate({ kind, channel, applicant: applicant.trim(), reference: reference.trim(), received_us, subject: subject.trim() }, { onSuccess: onDone });
  };
  return (
    <PaperFrame title={t('new')} article={t('new_says')} canSend={canSend} isPending={register.isPending} rest={rest} onSend={send} onDone={onDone}>
      <div className={grants['pair']}>
        <Select autoFocus allowDeselect={false} label={t('field.kind')} value={kind} data={APPLICANTS.map((value) => ({ value, label: t(`kind.${value}`) }))} onChange={(value) => value && setKind(value)} />
        <Select allowDeselect={false} label={t('field.channel')} value={channel} data={APPLICATION_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} onChange={(value) => value && setChannel(value)} />
      </div>
      <div className={grants['pair']}>
        <TextInput required label={t('field.applicant')} lang="tr" maxLength={200} value={applicant} error={at('applicant')} onChange={(event) => setApplicant(event.currentTarget.value)} />
        <TextInput label={t('field.reference')} maxLength={60} value={reference} error={at('reference')} onChange={(event) => setReference(event.currentTarget.value)} />
      </div>
      <MomentField required label={t('field.received')} value={received} error={at('received_us')} onChange={setReceived} />
      <Textarea required label={t('field.subject')} lang="tr" maxLength={500} autosize minRows={2} value={subject} error={at('subject')} onChange={(event) => setSubject(event.currentTarget.value)} />
    </PaperFrame>
  );
}
