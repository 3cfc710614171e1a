/** Posting a guard by letter: who, where, from when to when. */
import { Alert, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type Post, useAssign } from '@/api/authority';
import { useFieldProblems } from '@/ui/useFieldProblems';
import classes from '@/ui/papers.module.css';
import { PaperFrame } from '@/ui/PaperFrame';
import { DateField } from '@/time/DateField';
import { zoneStore } from '@/time/format';
import { microseconds } from '@/time/local-time';

type Field = 'account_id' | 'post_id' | 'letter_no' | 'letter_on' | 'until_us' | 'training';
const PLACES: Readonly<Record<string, Field>> = {
  nda_missing: 'account_id', not_staff: 'account_id', person_missing: 'account_id', account_disabled: 'account_id', paper_not_for_role: 'account_id',
  shared_account_not_allowed: 'account_id', second_person_missing: 'account_id', post_not_found: 'post_id', assignment_letter_missing: 'letter_no',
  letter_in_future: 'letter_on', until_in_the_past: 'until_us', grant_too_long: 'until_us', training_missing: 'training',
}; // prettier-ignore

type Props = { posts: Post[]; choices: Choices; onDone: () => void };

export function AssignForm({ posts, choices, onDone }: Props) {
  const { t } = useTranslation('authority');
  const assign = useAssign();
  const { at, rest } = useFieldProblems(assign.error, PLACES);
  const [guard, setGuard] = useState<string | null>(null);
  const [post, setPost] = useState<string | null>(posts.length === 1 ? (posts[0]?.id ?? null) : null);
  const [letterNo, setLetterNo] = useState('');
  const [letterOn, setLetterOn] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [training, setTraining] = useState('');
  const guards = choices.accounts.filter((one) => one.papers.includes('assignment'));
  const chosen = guards.find((one) => one.id === guard);
  const zone = zoneStore.get();
  const [from_us, until_us] = [microseconds(from, zone), microseconds(until, zone)];
  const canSend = guard !== null && post !== null && letterNo.trim() !== '' && letterOn !== '' && from_us !== null && until_us !== null;

  const send = () => {
    if (canSend) assign.mutate({ account_id: guard, post_id: post, letter_no: letterNo, letter_on: letterOn, from_us, until_us, training }, { onSuccess: onDone });
  };

  return (
    <PaperFrame title={t('assignments.new')} article={t('article.assignment')} send={t('assignments.new')} canSend={canSend} isPending={assign.isPending} rest={rest} onSend={send} onDone={onDone}>
      <Select searchable required autoFocus openOnFocus={false} label={t('assignments.guard')} value={guard} error={at('account_id')} onChange={setGuard} nothingFoundMessage={t('field.nobody')}
        data={guards.map((one) => ({ value: one.id, label: `${one.display_name} · ${one.name}` }))} />
      {chosen && !chosen.agreement_on && <Alert color="yellow">{t('missing.nda_missing')}</Alert>}
      <Select required label={t('assignments.post')} value={post} error={at('post_id')} onChange={setPost} data={posts.map((one) => ({ value: one.id, label: one.name }))} />
      <div className={classes['pair']}>
        <TextInput required label={t('field.letter_no')} maxLength={60} value={letterNo} error={at('letter_no')} onChange={(event) => setLetterNo(event.currentTarget.value)} />
        <DateField required label={t('field.letter_on')} value={letterOn} error={at('letter_on')} onChange={setLetterOn} />
      </div>
      <div className={classes['pair']}>
        <DateField required hasTime label={t('assignments.from')} value={from} onChange={setFrom} />
        <DateField required hasTime label={t('assignments.until')} description={t('assignments.until_hint', { count: choices.most_days })} value={until} error={at('until_us')} onChange={setUntil} />
      </div>
      <TextInput label={t('field.training')} description={t('field.training_hint')} maxLength={200} value={training} error={at('training')} onChange={(event) => setTraining(event.currentTarget.value)} />
    </PaperFrame>
  );
}
