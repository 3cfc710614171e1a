/** Posting a guard by letter: who, where, from when to when. */
import { Alert, Button, Fieldset, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type Post, useAssign } from '@/api/authority';
import { useProblemWords } from '@/app/problem-words';
import { useFocusBack } from '@/state/useFocusBack';
import { zoneStore } from '@/time/format';
import { microseconds } from '@/time/local-time';

type Props = { posts: Post[]; choices: Choices; onDone: () => void };

export function AssignForm({ posts, choices, onDone }: Props) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const words = useProblemWords();
  const assign = useAssign();
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
  const { error } = assign;

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!canSend) return;
    assign.mutate({ account_id: guard, post_id: post, letter_no: letterNo, letter_on: letterOn, from_us, until_us, training }, { onSuccess: onDone });
  };

  return (
    <form onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onDone()}>
      <Fieldset legend={t('assignments.new')} mt="md">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">{t('article.assignment')}</Text>
          <Select searchable required label={t('assignments.guard')} value={guard} onChange={setGuard} nothingFoundMessage={t('field.nobody')}
            data={guards.map((one) => ({ value: one.id, label: `${one.display_name} · ${one.name}` }))} />
          {chosen && !chosen.agreement_on && <Alert color="yellow">{t('missing.nda_missing')}</Alert>}
          <Select required label={t('assignments.post')} value={post} onChange={setPost} data={posts.map((one) => ({ value: one.id, label: one.name }))} />
          <Group grow align="start">
            <TextInput required label={t('field.letter_no')} maxLength={60} value={letterNo} onChange={(event) => setLetterNo(event.currentTarget.value)} />
            <TextInput required type="date" label={t('field.letter_on')} value={letterOn} onChange={(event) => setLetterOn(event.currentTarget.value)} />
          </Group>
          <Group grow align="start">
            <TextInput required type="datetime-local" label={t('assignments.from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput required type="datetime-local" label={t('assignments.until')} description={t('assignments.until_hint', { count: choices.most_days })} value={until} onChange={(event) => setUntil(event.currentTarget.value)} />
          </Group>
          <TextInput label={t('field.training')} description={t('field.training_hint')} maxLength={200} value={training} onChange={(event) => setTraining(event.currentTarget.value)} />
          {error && <Alert color="red" role="alert">{words(error)}</Alert>}
          <Group>
            <Button type="submit" disabled={!canSend} loading={assign.isPending}>{t('assignments.new')}</Button>
            <Button variant="default" onClick={onDone}>{t('cancel')}</Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
