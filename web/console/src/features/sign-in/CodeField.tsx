/** The field for a code: big figures, a keyboard of digits on telephones, filled in by the browser where it can. */
import { TextInput } from '@mantine/core';
import classes from './sign-in.module.css';

const MAX_CHARACTERS = 40;

type Props = { label: string; description: string; isPaper?: boolean; value: string; onChange: (value: string) => void };

export function CodeField({ label, description, isPaper = false, value, onChange }: Props) {
  return (
    <TextInput
      label={label}
      description={description}
      name="code"
      classNames={{ input: classes['code'] ?? '' }}
      autoComplete={isPaper ? 'off' : 'one-time-code'}
      inputMode={isPaper ? 'text' : 'numeric'}
      spellCheck={false}
      required
      withAsterisk={false}
      size="md"
      maxLength={MAX_CHARACTERS}
      autoFocus
      data-autofocus
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
