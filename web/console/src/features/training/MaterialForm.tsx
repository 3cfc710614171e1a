/** A new material: what it is called, what it is about. Its file is uploaded on its line. */
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Topic, TOPICS, useAddMaterial } from '@/api/training';
import { useFieldProblems } from '@/ui/useFieldProblems';
import classes from './training.module.css';

const PLACES = { training_title_invalid: 'title', training_topics_missing: 'topics' } as const;

export function MaterialForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('training');
  const { t: common } = useTranslation();
  const add = useAddMaterial();
  const { at, rest } = useFieldProblems<'title' | 'topics'>(add.error, PLACES);
  const [title, setTitle] = useState('');
  const [topics, setTopics] = useState<Topic[]>([...TOPICS]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ title: title.trim(), topics }, { onSuccess: onDone });
  };
  return (
    <form className={classes['form']} onSubmit={submit}>
      <Stack gap="sm">
        <TextInput data-autofocus label={t('keep.name')} value={title} maxLength={120} error={at('title')} onChange={(event) => setTitle(event.currentTarget.value)} />
        <Checkbox.Group label={t('keep.topics')} value={topics} error={at('topics')} onChange={setTopics}>
          <Group mt={6}>{TOPICS.map((topic) => <Checkbox key={topic} value={topic} label={t(`topic.${topic}`)} />)}</Group>
        </Checkbox.Group>
        {rest && <Text size="sm" c="var(--nz-alarm)" role="alert">{rest}</Text>}
        <Group>
          <Button type="submit" disabled={title.trim() === '' || topics.length === 0} loading={add.isPending}>{t('keep.add')}</Button>
          <Button variant="default" onClick={onDone}>{common('action.cancel')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
