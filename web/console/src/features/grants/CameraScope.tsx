/** Choosing cameras by site: everything by keyboard, a whole site at once, the count in words. */
import { Checkbox, Fieldset, Group, Input, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraChoice } from '@/api/authority';
import { fold } from '@/state/fold';
import classes from './grants.module.css';

type Props = { cameras: CameraChoice[]; chosen: string[]; error?: string | null; isFirst?: boolean; onChange: (chosen: string[]) => void };

/** `isFirst`: its search takes the focus. */
export function CameraScope({ cameras, chosen, error = null, isFirst = false, onChange }: Props) {
  const { t } = useTranslation('authority');
  const [search, setSearch] = useState('');
  const wanted = cameras.filter((camera) => fold(`${camera.number} ${camera.name} ${camera.site}`).includes(fold(search.trim())));
  const sites = [...new Set(wanted.map((camera) => camera.site))];
  const set = (ids: string[], isOn: boolean) =>
    onChange(isOn ? [...new Set([...chosen, ...ids])] : chosen.filter((id) => !ids.includes(id)));

  return (
    <Fieldset legend={t('scope.cameras')}>
      <Group justify="space-between" align="end">
        <TextInput autoFocus={isFirst} label={t('scope.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        <Text aria-live="polite">{t('scope.chosen', { count: chosen.length })}</Text>
      </Group>
      {error && <Input.Error role="alert">{error}</Input.Error>}
      <div className={classes['cameras']}>
        {sites.map((site) => {
          const own = wanted.filter((camera) => camera.site === site).map((camera) => camera.id);
          const on = own.filter((id) => chosen.includes(id)).length;
          return (
            <div key={site}>
              <Checkbox label={site || t('scope.no_site')} fw={600} checked={on === own.length} indeterminate={on > 0 && on < own.length}
                onChange={(event) => set(own, event.currentTarget.checked)} />
              {wanted.filter((camera) => camera.site === site).map((camera) => (
                <Checkbox key={camera.id} ml="lg" mt={6} label={`${camera.number} · ${camera.name}`} checked={chosen.includes(camera.id)}
                  onChange={(event) => set([camera.id], event.currentTarget.checked)} />
              ))}
            </div>
          );
        })}
        {sites.length === 0 && <Text c="dimmed">{t(cameras.length === 0 ? 'scope.none' : 'scope.hidden')}</Text>}
      </div>
    </Fieldset>
  );
}
