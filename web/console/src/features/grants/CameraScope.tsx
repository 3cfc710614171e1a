/** Choosing cameras by site: everything by keyboard, a whole site at once, the count in words. */
import { Checkbox, Fieldset, Group, Input, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraChoice } from '@/api/authority';
import { foundBy, isFound } from '@/state/find-camera';
import { dayOf } from '@/time/format';
import classes from '@/ui/papers.module.css';

/** A place of before: a letter may ask for a camera by where it stood then. */
type Former = { number: number; name: string; site: string; until_us: number | null };
type Choice = CameraChoice & { former?: readonly Former[] };
type Props = { cameras: readonly Choice[]; chosen: string[]; error?: string | null; isFirst?: boolean; onChange: (chosen: string[]) => void };

/** `isFirst`: its search takes the focus. */
export function CameraScope({ cameras, chosen, error = null, isFirst = false, onChange }: Props) {
  const { t, i18n } = useTranslation('authority');
  const [search, setSearch] = useState('');
  const wanted = cameras.filter((camera) => isFound(camera, search));
  const formerly = (camera: Choice) => {
    const former = foundBy(camera, search);
    if (!former) return undefined;
    return t('scope.was', { place: `${former.number} · ${former.name}${former.site ? `, ${former.site}` : ''}`, until: former.until_us === null ? '' : dayOf(former.until_us, i18n.language) });
  };
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
                <Checkbox key={camera.id} ml="lg" mt={6} label={`${camera.number} · ${camera.name}`} description={formerly(camera)} checked={chosen.includes(camera.id)}
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
