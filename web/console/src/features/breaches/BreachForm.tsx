/** What is told of a breach: when, who, which camera, what happened, what was done, what shows it. */
import { Checkbox, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Choices } from '@/api/authority';
import { PersonPicker } from '@/ui/PersonPicker';
import { DateField } from '@/time/DateField';
import type { Draft, Field } from './draft';
import { EvidenceRows } from './EvidenceRows';

const MOST_LINE = 200;
const MOST_WORDS = 4000;

type Props = { draft: Draft; cameras: Choices['cameras']; at: (field: Field) => string | null; onChange: (draft: Draft) => void };

export function BreachForm({ draft, cameras, at, onChange }: Props) {
  const { t } = useTranslation('breaches');
  const change = (more: Partial<Draft>) => onChange({ ...draft, ...more });
  const line = (field: 'person_words' | 'account_name' | 'place', word: string) => ({
    label: t(`form.${word}`), value: draft[field], maxLength: MOST_LINE, autoComplete: 'off', lang: 'tr',
    onChange: (event: { currentTarget: HTMLInputElement }) => change({ [field]: event.currentTarget.value }),
  }); // prettier-ignore
  const prose = (field: 'what' | 'affected' | 'action' | 'notified') => ({
    label: t(`form.${field}`), value: draft[field], maxLength: MOST_WORDS, autosize: true, minRows: 2, lang: 'tr',
    onChange: (event: { currentTarget: HTMLTextAreaElement }) => change({ [field]: event.currentTarget.value }),
  }); // prettier-ignore
  const toDay = (isDayOnly: boolean) => change({ isDayOnly, happened: draft.happened.slice(0, 10) });
  return (
    <Stack gap="md">
      <DateField key={String(draft.isDayOnly)} required autoFocus hasTime={!draft.isDayOnly} label={t(draft.isDayOnly ? 'form.happened_day' : 'form.happened')}
        value={draft.happened} error={at('happened_on')} onChange={(happened) => change({ happened })} />
      <Checkbox label={t('form.day_only')} checked={draft.isDayOnly} onChange={(event) => toDay(event.currentTarget.checked)} />
      <DateField required label={t('form.noticed')} value={draft.noticed} error={at('noticed_on')} onChange={(noticed) => change({ noticed })} />
      <PersonPicker label={t('form.person')} description={t('form.person_hint')} value={draft.person_id} error={at('person_id')} onChange={(person_id) => change({ person_id })} />
      {draft.person_id === null && <TextInput {...line('person_words', 'person_words')} />}
      <TextInput {...line('account_name', 'account')} />
      <Select searchable clearable label={t('form.camera')} placeholder={t('form.no_camera')} value={draft.camera_id} error={at('camera_id')} nothingFoundMessage={t('form.nothing_found')}
        clearButtonProps={{ 'aria-label': t('form.clear') }} data={cameras.map((one) => ({ value: one.id, label: `${one.number} · ${one.name}` }))}
        onChange={(camera_id) => change({ camera_id })} />
      <TextInput description={t('form.place_hint')} {...line('place', 'place')} />
      <Textarea required withAsterisk={false} error={at('what')} {...prose('what')} />
      <Textarea {...prose('affected')} />
      <Textarea required withAsterisk={false} error={at('action')} {...prose('action')} />
      <Textarea {...prose('notified')} />
      <EvidenceRows evidence={draft.evidence} error={at('evidence')} onChange={(evidence) => change({ evidence })} />
    </Stack>
  );
}
