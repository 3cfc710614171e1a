/** What is told of a training in a room: when, where, by whom, about what, what was shown, who attended. */
import { Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TOPICS, useMaterials } from '@/api/training';
import { DateField } from '@/time/DateField';
import { Attendees } from './Attendees';
import type { Draft, Field } from './session-draft';
import { TraineePicker } from './TraineePicker';

type Props = { draft: Draft; at: (field: Field) => string | null; onChange: (draft: Draft) => void };

export function SessionForm({ draft, at, onChange }: Props) {
  const { t } = useTranslation('training');
  const change = (more: Partial<Draft>) => onChange({ ...draft, ...more });
  const shown = (useMaterials().data ?? []).flatMap((material) =>
    material.versions
      .filter((one) => one.published_us !== null)
      .map((one) => ({ value: one.id, label: `${material.title}, ${t('version', { number: one.number })}` })),
  );
  return (
    <Stack gap="md">
      <DateField required hasTime autoFocus label={t('room.begins')} value={draft.begins} onChange={(begins) => change({ begins })} />
      <DateField required hasTime label={t('room.ends')} value={draft.ends} error={at('ends_us')} onChange={(ends) => change({ ends })} />
      <TextInput required withAsterisk={false} label={t('room.place')} maxLength={200} autoComplete="off" lang="tr" value={draft.place} error={at('place')} onChange={(event) => change({ place: event.currentTarget.value })} />
      <TraineePicker label={t('room.trainer_of')} description={t('room.trainer_hint')} value={draft.trainer} error={at('trainer_id')} onChoose={(trainer) => change({ trainer })} />
      {draft.trainer === null && (
        <TextInput label={t('room.trainer_outside')} maxLength={200} autoComplete="off" lang="tr" value={draft.trainer_name} onChange={(event) => change({ trainer_name: event.currentTarget.value })} />
      )}
      <Checkbox.Group label={t('keep.topics')} value={draft.topics} error={at('topics')} onChange={(topics) => change({ topics })}>
        <Group mt={6}>{TOPICS.map((topic) => <Checkbox key={topic} value={topic} label={t(`topic.${topic}`)} />)}</Group>
      </Checkbox.Group>
      <Select clearable label={t('room.version')} placeholder={t('room.no_version')} value={draft.version_id} error={at('version_id')} data={shown} clearButtonProps={{ 'aria-label': t('room.clear') }}
        onChange={(version_id) => change({ version_id })} />
      <TextInput label={t('room.note')} maxLength={500} autoComplete="off" lang="tr" value={draft.note} error={at('note')} onChange={(event) => change({ note: event.currentTarget.value })} />
      <Attendees attendees={draft.attendees} error={at('attendees')} onChange={(attendees) => change({ attendees })} />
    </Stack>
  );
}
