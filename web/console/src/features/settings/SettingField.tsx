/** The field of one setting, by what kind it is. */
import { Checkbox, NumberInput, PasswordInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Setting, Settings, Value } from '@/api/settings';
import { isOpen } from './draft';
import { useSettingWords } from './words';

type Props = { one: Setting; settings: Settings; value: Value; error: string | null; onChange: (value: Value) => void };

export function SettingField({ one, settings, value, error, onChange }: Props) {
  const { t } = useTranslation('settings');
  const words = useSettingWords(settings);
  const isLocked = !isOpen(one);
  const lang = /[._]en$/.test(one.key) ? 'en' : 'tr';
  const label = words.name(one);
  const description = isLocked ? words.locked(one) : words.means(one);
  const usual = { label, description, error, readOnly: isLocked };
  if (one.kind === 'secret') return <Secret {...{ one, value, error, label, description, isLocked, onChange }} />;
  if (one.kind === 'switch' && one.default === null) {
    const data = ['auto', 'yes', 'no'].map((word) => ({ value: word, label: t(word) }));
    return <Select {...usual} data={data} allowDeselect={false} value={value === null ? 'auto' : value ? 'yes' : 'no'} onChange={(word) => onChange(word === 'auto' ? null : word === 'yes')} />;
  }
  if (one.kind === 'switch') return <Switch {...{ label, description, error }} disabled={isLocked} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (one.kind === 'choice') {
    const data = one.options.map((word) => ({ value: word, label: words.option(one, word) }));
    return <Select {...usual} data={data} allowDeselect={false} value={value === null ? null : String(value)} onChange={onChange} />;
  }
  if (one.kind === 'choices') {
    return (
      <Checkbox.Group {...{ label, description, error }} value={Array.isArray(value) ? value : []} onChange={onChange}>
        <Stack gap={6} mt={6}>{one.options.map((word) => <Checkbox key={word} value={word} disabled={isLocked} label={words.option(one, word)} />)}</Stack>
      </Checkbox.Group>
    );
  }
  if (one.kind === 'number') {
    return (
      <NumberInput {...usual} allowDecimal={false} clampBehavior="none" hideControls value={typeof value === 'number' ? value : ''}
        onChange={(typed) => onChange(typeof typed === 'number' ? typed : null)} />
    );
  }
  if (one.kind === 'list') {
    return (
      <Textarea {...usual} autosize minRows={1} maxRows={10} lang={lang} spellCheck={false} autoComplete="off" value={Array.isArray(value) ? value.join('\n') : ''}
        onChange={(event) => onChange(event.currentTarget.value === '' ? [] : event.currentTarget.value.split('\n'))} />
    );
  }
  const text = { ...usual, value: typeof value === 'string' ? value : '', maxLength: one.max_length ?? 300, spellCheck: false, autoComplete: 'off' };
  if (one.kind === 'prose') return <Textarea {...text} autosize minRows={4} maxRows={14} lang={lang} onChange={(event) => onChange(event.currentTarget.value)} />;
  return <TextInput {...text} lang={lang} required={one.is_required} withAsterisk={false} onChange={(event) => onChange(event.currentTarget.value)} />;
}

type SecretProps = Omit<Props, 'settings'> & { label: string; description: string; isLocked: boolean };

/** Write-only: what is there is neither shown nor known here. */
function Secret({ one, value, error, label, description, isLocked, onChange }: SecretProps) {
  const { t } = useTranslation('settings');
  const isGoing = value === null && one.is_set;
  return (
    <div>
      <PasswordInput {...{ label, description, error }} readOnly={isLocked} disabled={isGoing} autoComplete="new-password" maxLength={300}
        placeholder={t(one.is_set ? 'secret.kept' : 'secret.none')} value={typeof value === 'string' ? value : ''} onChange={(event) => onChange(event.currentTarget.value)} />
      {one.is_set && !isLocked && (
        <Checkbox mt={8} label={t('secret.remove')} checked={isGoing} onChange={(event) => onChange(event.currentTarget.checked ? null : '')} />
      )}
    </div>
  );
}
