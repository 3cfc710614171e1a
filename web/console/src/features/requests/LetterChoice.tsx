/** Choosing a letter of the register that has its file; what is not there yet is registered there first. */
import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Letter } from '@/api/footage';
import { useLetters } from '@/api/letters';
import { useMe } from '@/api/session';
import { paperDay } from '@/time/paper-day';
import { may } from '@/state/duty';
import classes from './requests.module.css';

const REST_MS = 250;

/** `fits`: whether a letter may be offered at all; one without its file is shown, and not to be chosen. */
type Props = { label: string; hint: string; value: Letter | null; error: string | null; fits: (letter: Letter) => boolean; onChange: (letter: Letter | null) => void };

export function LetterChoice({ label, hint, value, error, fits, onChange }: Props) {
  const { t, i18n } = useTranslation('requests');
  const me = useMe();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, REST_MS);
  const found = useLetters(search.trim() === '' ? {} : { search });
  const worded = (one: Letter) => t('choice.option', { number: one.number, sender: one.sender_name, no: one.no, on: paperDay(one.on, i18n.language) });
  const offered = (found.data?.pages.flatMap((page) => page.letters) ?? []).filter((one) => fits(one) && one.id !== value?.id);
  const rows = value ? [value, ...offered] : offered;
  return (
    <div>
      <Select autoFocus searchable openOnFocus={false} required lang="tr" label={label} description={hint} error={error} value={value?.id ?? null} nothingFoundMessage={found.data && t('choice.none')} filter={({ options }) => options}
        data={rows.map((one) => ({ value: one.id, label: one.file ? worded(one) : t('choice.unfiled', { letter: worded(one) }), disabled: one.file === null }))}
        onSearchChange={(text) => setTyped(value && text === worded(value) ? '' : text)} onChange={(id) => onChange(rows.find((one) => one.id === id) ?? null)} />
      <Text size="sm" c="dimmed" mt={4}>
        {may(me, 'register_letter') ? <>{t('choice.register_says')} <Link to="/letters" search={{ open: 'new' }} className={classes['link']}>{t('choice.register')}</Link></> : t('choice.ask')}
      </Text>
    </div>
  );
}
