import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { matches } from '@/state/fold';
import { lastDayOf } from '@/time/format';
import classes from './CameraPicker.module.css';
import { MOST_CAMERAS } from './search';

interface Props {
  cameras: readonly Camera[];
  chosen: readonly string[];
  onOpen: (ids: string[]) => void;
}

/** Chooses up to nine cameras, each with the basis on which its past may be seen. */
export function CameraPicker({ cameras, chosen, onOpen }: Props) {
  const { t, i18n } = useTranslation('playback');
  const [ids, setIds] = useState<string[]>([...chosen]);
  const [text, setText] = useState('');
  const found = cameras.filter(({ number, name, site }) => matches(text, [number, name, site]));
  const isFull = ids.length >= MOST_CAMERAS;

  const toggle = (id: string) => setIds((old) => (old.includes(id) ? old.filter((one) => one !== id) : [...old, id]));
  const open = (event: FormEvent) => {
    event.preventDefault();
    onOpen(cameras.filter(({ id }) => ids.includes(id)).map(({ id }) => id));
  };
  const basis = ({ playback }: Camera) => {
    if (!playback) return '';
    return playback.until_us === null ? playback.text : t('picker.until', { basis: playback.text, until: lastDayOf(playback.until_us, i18n.language) });
  };

  return (
    <form onSubmit={open}>
      <Stack>
        <TextInput label={t('picker.search')} value={text} onChange={(event) => setText(event.currentTarget.value)} type="search" />
        <ul className={classes['list']}>
          {found.map((camera) => (
            <li key={camera.id}>
              <Checkbox
                checked={ids.includes(camera.id)}
                disabled={isFull && !ids.includes(camera.id)}
                onChange={() => toggle(camera.id)}
                label={<span lang="tr">{`${camera.number} · ${camera.name}`}</span>}
                description={basis(camera)}
              />
            </li>
          ))}
        </ul>
        {found.length === 0 && <Text c="dimmed">{t('picker.none')}</Text>}
        <Group justify="space-between">
          <Text c="dimmed" role="status">
            {t(isFull ? 'picker.full' : 'picker.count', { count: ids.length, most: MOST_CAMERAS })}
          </Text>
          <Button type="submit" disabled={ids.length === 0}>
            {t('picker.open')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
