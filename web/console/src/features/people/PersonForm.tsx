/** What is known of a person, with the reason each field is asked for. */
import { Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Unit } from '@/api/types';
import { labelOf } from '@/features/organisation/tree';
import { EMPLOYMENT, type Draft, type Field } from './draft';

type Props = {
  draft: Draft;
  units: readonly Unit[];
  at: (field: Field) => string | null;
  onChange: (draft: Draft) => void;
};

export function PersonForm({ draft, units, at, onChange }: Props) {
  const { t } = useTranslation('admin');
  const typed = (field: 'full_name' | 'registry_no' | 'title' | 'email' | 'phone', most: number) => ({
    label: t(`field.${field}`),
    value: draft[field],
    error: at(field),
    maxLength: most,
    onChange: (event: { currentTarget: HTMLInputElement }) => onChange({ ...draft, [field]: event.currentTarget.value }),
  });
  const open = units.filter((unit) => !unit.is_closed || unit.id === draft.unit_id);
  return (
    <Stack gap="md">
      <TextInput data-autofocus required withAsterisk={false} autoComplete="off" lang="tr" {...typed('full_name', 120)} />
      <TextInput autoComplete="off" description={t('why.registry_no')} {...typed('registry_no', 20)} />
      <TextInput autoComplete="off" lang="tr" {...typed('title', 120)} />
      <Select required withAsterisk={false} searchable label={t('field.unit_id')} description={t('why.unit')} error={at('unit_id')} value={draft.unit_id}
        placeholder={t('choose')} nothingFoundMessage={t('none_found')} allowDeselect={false}
        data={open.map((unit) => ({ value: unit.id, label: labelOf(units, unit.id) }))} onChange={(unit_id) => onChange({ ...draft, unit_id })} />
      <Select required withAsterisk={false} label={t('field.employment_kind')} description={t('why.employment_kind')} error={at('employment_kind')}
        placeholder={t('choose')} allowDeselect={false} value={draft.employment_kind}
        data={EMPLOYMENT.map((value) => ({ value, label: t(`employment.${value}`) }))}
        onChange={(value) => onChange({ ...draft, employment_kind: value })} />
      <TextInput type="tel" autoComplete="off" description={t('why.contact')} {...typed('phone', 32)} />
      <TextInput inputMode="email" autoComplete="off" {...typed('email', 254)} />
    </Stack>
  );
}
