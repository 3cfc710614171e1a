/** Choosing one person of the register by typing part of a name or a number; the server searches. */
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Trainee, useTrainees } from '@/api/training-sessions';

const REST_MS = 250;

/** `value`: who is chosen; null where each choice is taken elsewhere at once. `without`: who is not offered. */
type Props = {
  label: string;
  description?: string;
  value: Trainee | null;
  error?: string | null;
  without?: readonly string[];
  onChoose: (person: Trainee | null) => void;
};

export const traineeWords = (person: Trainee): string => [person.full_name, person.registry_no, person.unit_name].filter((part) => part !== '').join(' · ');

export function TraineePicker({ label, description, value, error, without = [], onChoose }: Props) {
  const { t } = useTranslation('training');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, REST_MS);
  const found = (useTrainees(search).data ?? []).filter((one) => !without.includes(one.id));
  const offered = value && !found.some((one) => one.id === value.id) ? [value, ...found] : found;
  return (
    <Select label={label} description={description} error={error} searchable clearable={value !== null} value={value?.id ?? null} searchValue={typed}
      nothingFoundMessage={t('room.nothing_found')} clearButtonProps={{ 'aria-label': t('room.clear') }} filter={({ options }) => options}
      data={offered.map((one) => ({ value: one.id, label: traineeWords(one) }))} onSearchChange={setTyped}
      onChange={(id) => {
        onChoose(offered.find((one) => one.id === id) ?? null);
        if (value === null) setTyped('');
      }} />
  );
}
