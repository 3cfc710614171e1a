/** A day, or a day with a time, typed day first; the browser's own calendar is beside it. */
import { ActionIcon, Text, TextInput } from '@mantine/core';
import i18next from 'i18next';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconCalendar } from '@/theme/icons';
import classes from './DateField.module.css';
import { longDay } from './format';
import { typedDay, typedMoment, written } from './typed-time';

void i18next.loadNamespaces('dates'); // with the page that has such a field, not when a form is opened

type Props = {
  label: string;
  description?: ReactNode;
  /** `2026-11-28`, with a time `2026-11-28T08:00`; empty while nothing that can be read stands there. */
  value: string;
  onChange: (value: string) => void;
  hasTime?: boolean;
  /** Without the day in words below it. */
  isCompact?: boolean;
  required?: boolean;
  autoFocus?: boolean;
  error?: string | null;
};

/** A native field would show day and month as the browser's language has them, which may be another than the console's. */
export function DateField({ label, description, value, onChange, hasTime = false, isCompact = false, required = false, autoFocus = false, error = null }: Props) {
  const { t, i18n } = useTranslation('dates');
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const calendar = useRef<HTMLInputElement>(null);
  const [isLeft, setLeft] = useState(false);
  const { text, meant, put, settle } = useTyped(value, hasTime, onChange);
  const isUnreadable = text.trim() !== '' && meant === '';
  const isWrong = isLeft && isUnreadable;
  const unreadable = t(hasTime ? 'unreadable_moment' : 'unreadable_day');
  // The form is not sent with half a date: without this an optional one would be left out silently.
  useEffect(() => field.current?.setCustomValidity(isUnreadable ? unreadable : ''), [isUnreadable, unreadable]);

  const leave = () => {
    setLeft(true);
    settle();
  };
  const openCalendar = () => calendar.current?.showPicker();
  const pressed = (event: KeyboardEvent) => {
    if (event.altKey && event.key === 'ArrowDown') {
      event.preventDefault();
      openCalendar();
    }
  };

  return (
    <div className={classes['field']}>
      <TextInput ref={field} id={id} label={label} description={description} required={required} autoFocus={autoFocus} autoComplete="off" spellCheck={false}
        inputMode="numeric" placeholder={t(hasTime ? 'moment_form' : 'day_form')} value={text} error={error ?? isWrong}
        rightSectionPointerEvents="all" rightSectionWidth={36}
        rightSection={
          <ActionIcon variant="subtle" color="gray" aria-label={t('calendar')} aria-describedby={`${id}-label`} onClick={openCalendar}><IconCalendar size={18} /></ActionIcon>
        }
        onChange={(event) => put(event.currentTarget.value)} onFocus={() => setLeft(false)} onBlur={leave} onKeyDown={pressed} />
      <input ref={calendar} type={hasTime ? 'datetime-local' : 'date'} className={classes['calendar']} tabIndex={-1} aria-hidden="true" value={meant}
        onChange={(event) => {
          put(written(event.currentTarget.value));
          field.current?.focus();
        }} />
      {/* In a line that is always there: what moves when a field is left moves the button away that is being pressed. */}
      {(!isCompact || isWrong) && (
        <Text size="xs" c={isWrong ? 'var(--mantine-color-error)' : 'dimmed'} className={classes['said']} aria-live="polite">
          {isWrong ? unreadable : meant && longDay(noon_us(meant), i18n.language)}
        </Text>
      )}
    </div>
  );
}

/** What stands in the field, what it means; `settle` writes that out in full. */
function useTyped(value: string, hasTime: boolean, onChange: (value: string) => void) {
  const [text, setText] = useState(() => written(value));
  const [seen, setSeen] = useState(value);
  const read = (typed: string) => (hasTime ? typedMoment : typedDay)(typed) ?? '';
  const meant = read(text);
  if (value !== seen) {
    setSeen(value);
    if (value !== meant) setText(written(value)); // changed from elsewhere, not by this typing
  }
  const put = (typed: string) => {
    const next = read(typed);
    setText(typed);
    if (next !== meant) onChange(next);
  };
  return { text, meant, put, settle: () => meant && setText(written(meant)) };
}

/** Noon: the same day in every zone that is shown. */
const noon_us = (value: string): number => Date.parse(`${value.slice(0, 10)}T12:00:00Z`) * 1000;
