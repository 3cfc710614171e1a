/** A search that waits until the typing rests. */
import { TextInput } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { IconSearch } from '@/theme/icons';
import classes from './pages.module.css';

const REST_MS = 250;

type Props = { label: string; value: string; onSearch: (text: string) => void };

export function SearchField({ label, value, onSearch }: Props) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    // The address was changed from elsewhere: by going back, by clearing the filters.
    setKnown(value);
    setText(value);
  }
  const rested = useEffectEvent(() => {
    if (text === value) return;
    setKnown(text);
    onSearch(text);
  });
  useEffect(() => {
    const timer = setTimeout(rested, REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextInput type="search" className={classes['search'] ?? ''} label={label} value={text} maxLength={200} spellCheck={false} autoComplete="off"
      leftSection={<IconSearch size={17} />} onChange={(event) => setText(event.currentTarget.value)} />
  );
}
