/** Choosing one person by typing part of a name or a number; the server searches. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople, usePerson } from '@/api/people';
import type { Person } from '@/api/types';

const REST_MS = 250;

type Props = {
  label: string;
  description?: string;
  value: string | null;
  error?: string | null;
  isRequired?: boolean;
  onChange: (id: string | null, person: Person | null) => void;
};

const worded = (person: Person) =>
  [person.full_name, person.registry_no, person.unit_path.split(' › ').at(-1) ?? ''].filter((part) => part !== '').join(' · ');

export function PersonPicker({ label, description, value, error, isRequired = false, onChange }: Props) {
  const { t } = useTranslation('admin');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, REST_MS);
  const found = usePeople({ search, staff: 'staff', page: 1 }).data?.people ?? [];
  const chosen = usePerson(value ?? undefined).data;
  const offered = chosen && !found.some((one) => one.id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select label={label} description={description} error={error} placeholder={t('person_hint')} searchable clearable={!isRequired} required={isRequired}
      withAsterisk={false} value={value} nothingFoundMessage={t('none_found')} clearButtonProps={{ 'aria-label': t('clear_choice') }}
      data={offered.map((one) => ({ value: one.id, label: worded(one) }))} filter={({ options }) => options}
      onSearchChange={(text) => setTyped(chosen && text === worded(chosen) ? '' : text)}
      onChange={(id) => onChange(id, offered.find((one) => one.id === id) ?? null)} />
  );
}
