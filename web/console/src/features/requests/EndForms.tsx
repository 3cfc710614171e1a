/** How a case goes on or ends by a paper: missing papers came, the authority withdrew, the answer letter went out. */
import { Alert, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useAnswerRequest, useCompleteRequest, useWithdrawRequest } from '@/api/footage';
import type { Paper as Printed } from '@/api/papers';
import { useFieldProblems } from '@/features/admin/useFieldProblems';
import { PaperFrame } from '@/features/grants/PaperFrame';
import grants from '@/features/grants/grants.module.css';
import { DateField } from '@/time/DateField';

type Props = { request: RequestDetail; onDone: () => void };
type Paper = { no: string; on: string };

const PLACES = { withdrawal_letter_missing: 'no', answer_letter_missing: 'no', letter_in_future: 'on' } as const;

export function WithdrawForm({ request, onDone }: Props) {
  const { t } = useTranslation('requests');
  const withdraw = useWithdrawRequest();
  return <LetterForm name="withdraw" error={withdraw.error} isPending={withdraw.isPending} warning={t('lock_after.withdraw')} onDone={onDone} onSend={(paper) => withdraw.mutate({ id: request.id, ...paper }, { onSuccess: onDone })} />;
}

/** What EBYS numbered the printed answer (P-31) with stands there already. */
export function AnswerForm({ request, records, onDone }: Props & { records: readonly Printed[] }) {
  const { t } = useTranslation('requests');
  const answer = useAnswerRequest();
  const printed = records.findLast((one) => one.kind === 'P-31' && one.state !== 'cancelled');
  return <LetterForm name="answer" known={{ no: printed?.ebys_no ?? '', on: printed?.ebys_on ?? '' }} error={answer.error} isPending={answer.isPending} warning={t(`lock_after.answer_${request.state === 'unavailable' ? 'unavailable' : 'refused'}`)} onDone={onDone} onSend={(paper) => answer.mutate({ id: request.id, ...paper }, { onSuccess: onDone })} />;
}

type FormProps = { name: 'withdraw' | 'answer'; known?: Paper; error: unknown; isPending: boolean; warning: string; onSend: (paper: Paper) => void; onDone: () => void };

/** The number and the date of the letter by which it happens. */
function LetterForm({ name, known = { no: '', on: '' }, error, isPending, warning, onSend, onDone }: FormProps) {
  const { t } = useTranslation('requests');
  const { at, rest } = useFieldProblems<'no' | 'on'>(error, PLACES);
  const [no, setNo] = useState(known.no);
  const [on, setOn] = useState(known.on);
  return (
    <PaperFrame title={t(`do.${name}`)} article={t(`article.${name}`)} send={t(`do.${name}`)} canSend={no.trim() !== '' && on !== ''} isPending={isPending} rest={rest} onSend={() => onSend({ no: no.trim(), on })} onDone={onDone}>
      <Alert color="yellow">{warning}</Alert>
      <div className={grants['pair']}>
        <TextInput autoFocus required label={t(`letter.${name}_no`)} maxLength={60} value={no} error={at('no')} onChange={(event) => setNo(event.currentTarget.value)} />
        <DateField required label={t(`letter.${name}_on`)} value={on} error={at('on')} onChange={setOn} />
      </div>
    </PaperFrame>
  );
}

export function CompleteForm({ request, onDone }: Props) {
  const { t } = useTranslation('requests');
  const complete = useCompleteRequest();
  const { rest } = useFieldProblems(complete.error, {});
  const [words, setWords] = useState('');
  return (
    <PaperFrame title={t('do.complete')} article={t('article.complete')} send={t('do.complete')} canSend isPending={complete.isPending} rest={rest} onSend={() => complete.mutate({ id: request.id, words }, { onSuccess: onDone })} onDone={onDone}>
      <TextInput autoFocus label={t('words.complete')} lang="tr" maxLength={500} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
    </PaperFrame>
  );
}
