/** Answering an application: who wants footage is told to go to the police or the prosecutor. */
import { Alert, Button, Group, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Application, useAnswerApplication } from '@/api/applications';
import { useFieldProblems } from '@/ui/useFieldProblems';
import grants from '@/ui/papers.module.css';
import { PaperFrame } from '@/ui/PaperFrame';
import { DateField } from '@/time/DateField';

type Field = 'answer' | 'letter_no' | 'letter_on';
const PLACES: Readonly<Record<string, Field>> = { answer_required: 'answer', answer_letter_missing: 'letter_no', letter_in_future: 'letter_on' };

export function AnswerForm({ application, onDone }: { application: Application; onDone: () => void }) {
  const { t } = useTranslation('applications');
  const answer = useAnswerApplication();
  const { at, rest } = useFieldProblems<Field>(answer.error, PLACES);
  const [words, setWords] = useState('');
  const [no, setNo] = useState('');
  const [on, setOn] = useState('');
  const send = () => answer.mutate({ id: application.id, answer: words.trim(), letter_no: no.trim(), letter_on: on }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('answer_named', { number: application.number })} send={t('answer_send')} canSend={words.trim() !== '' && no.trim() !== '' && on !== ''} isPending={answer.isPending} rest={rest} onSend={send} onDone={onDone}>
      <Text size="sm" lang="tr">{application.applicant}: {application.subject}</Text>
      <Alert color="gray">{t(application.kind === 'data_subject' ? 'data_subject_says' : 'no_footage')}</Alert>
      <Textarea autoFocus required label={t('field.answer')} lang="tr" maxLength={500} autosize minRows={3} value={words} error={at('answer')} onChange={(event) => setWords(event.currentTarget.value)} />
      {application.kind !== 'data_subject' && (
        <Group><Button size="xs" variant="default" onClick={() => setWords(t('usual_answer'))}>{t('use_usual')}</Button></Group>
      )}
      <div className={grants['pair']}>
        <TextInput required label={t('field.letter_no')} maxLength={60} value={no} error={at('letter_no')} onChange={(event) => setNo(event.currentTarget.value)} />
        <DateField required label={t('field.letter_on')} value={on} error={at('letter_on')} onChange={setOn} />
      </div>
    </PaperFrame>
  );
}
