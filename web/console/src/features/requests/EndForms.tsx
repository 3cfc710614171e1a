/** How a case goes on or ends by a paper: missing papers came, the authority withdrew, the answer letter went out. */
import { Alert, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Letter, type RequestDetail, useAnswerRequest, useCompleteRequest, useWithdrawRequest } from '@/api/footage';
import type { Paper as Printed } from '@/api/papers';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import grants from '@/ui/papers.module.css';
import { DateField } from '@/time/DateField';
import { LetterChoice } from './LetterChoice';

type Props = { request: RequestDetail; onDone: () => void };

const LETTERS = { withdrawal_letter_missing: 'letter', withdrawal_letter_wrong: 'letter', letter_unfiled: 'letter', letter_not_found: 'letter' } as const;

/** By a later letter of who asked, which is in the register with its file. */
export function WithdrawForm({ request, onDone }: Props) {
  const { t } = useTranslation('requests');
  const withdraw = useWithdrawRequest();
  const { at, rest } = useFieldProblems<'letter'>(withdraw.error, LETTERS);
  const [letter, setLetter] = useState<Letter | null>(null);
  const asked = request.letter;
  const fits = (one: Letter) => one.id !== asked.id && one.sender === asked.sender && one.served_us >= asked.served_us;
  return (
    <PaperFrame title={t('do.withdraw')} article={t('article.withdraw')} send={t('do.withdraw')} canSend={letter !== null} isPending={withdraw.isPending} rest={rest} onDone={onDone}
      onSend={() => letter && withdraw.mutate({ id: request.id, letter_id: letter.id }, { onSuccess: onDone })}>
      <Alert color="yellow">{t('lock_after.withdraw')}</Alert>
      <LetterChoice label={t('letter.withdraw')} hint={t('letter.withdraw_hint', { sender: asked.sender_name })} value={letter} error={at('letter')} fits={fits} onChange={setLetter} />
    </PaperFrame>
  );
}

const PLACES = { answer_letter_missing: 'no', letter_in_future: 'on' } as const;

/** The number and the date of the letter that went out; what EBYS numbered the printed answer (P-31) with stands there already. */
export function AnswerForm({ request, records, onDone }: Props & { records: readonly Printed[] }) {
  const { t } = useTranslation('requests');
  const answer = useAnswerRequest();
  const { at, rest } = useFieldProblems<'no' | 'on'>(answer.error, PLACES);
  const printed = records.findLast((one) => one.kind === 'P-31' && one.state !== 'cancelled');
  const [no, setNo] = useState(printed?.ebys_no ?? '');
  const [on, setOn] = useState(printed?.ebys_on ?? '');
  return (
    <PaperFrame title={t('do.answer')} article={t('article.answer')} send={t('do.answer')} canSend={no.trim() !== '' && on !== ''} isPending={answer.isPending} rest={rest} onDone={onDone}
      onSend={() => answer.mutate({ id: request.id, no: no.trim(), on }, { onSuccess: onDone })}>
      <Alert color="yellow">{t(`lock_after.answer_${request.state === 'unavailable' ? 'unavailable' : 'refused'}`)}</Alert>
      <div className={grants['pair']}>
        <TextInput autoFocus required label={t('letter.answer_no')} maxLength={60} value={no} error={at('no')} onChange={(event) => setNo(event.currentTarget.value)} />
        <DateField required label={t('letter.answer_on')} value={on} error={at('on')} onChange={setOn} />
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
