/** What the list is narrowed by; all of it stands in the address. */
import { Button, type ComboboxItem, type ComboboxParsedItem, Group, type OptionsFilter, Pill, Select, Switch } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditNames } from '@/api/audit';
import admin from '@/ui/pages.module.css';
import { SearchField } from '@/ui/SearchField';
import { fold } from '@/state/fold';
import { DateField } from '@/time/DateField';
import { zoneStore } from '@/time/format';
import { localDay } from '@/time/local-time';
import { serverClock } from '@/time/server-clock';
import { GROUP_NAMES, GROUPS } from './acts';
import type { AuditSearch } from './search';

const DAY_US = 86_400_000_000;

const MOST_SHOWN = 100; // a list of a thousand cameras would take half a second to open

/** As everywhere in the console, `isik` finds Işık Sokak. */
const byFold: OptionsFilter = ({ options, search, limit }) => {
  const fits = ({ label }: ComboboxItem) => fold(label).includes(fold(search));
  const found = options.flatMap((one): ComboboxParsedItem[] => {
    if (!('items' in one)) return fits(one) ? [one] : [];
    const items = one.items.filter(fits);
    return items.length > 0 ? [{ ...one, items }] : [];
  });
  return found.slice(0, limit);
};

type Props = {
  search: AuditSearch;
  names: AuditNames;
  change: (more: Partial<Record<keyof AuditSearch, unknown>>) => void;
  camera: RefObject<HTMLInputElement | null>;
  person: RefObject<HTMLInputElement | null>;
};

export function Filters({ search, names, change, camera, person }: Props) {
  const { t } = useTranslation('audit');
  const clearable = { filter: byFold, limit: MOST_SHOWN, clearable: true, searchable: true, nothingFoundMessage: t('none_named'), clearButtonProps: { 'aria-label': t('clear_choice') } };
  const kinds = GROUP_NAMES.map((group) => ({
    group: t(`group.${group}`),
    items: [{ value: group, label: t('all_of', { group: t(`group.${group}`) }) }, ...GROUPS[group].map((value) => ({ value, label: t(`act.${value}`) }))],
  }));
  return (
    <>
      <div className={admin['filters']}>
        <SearchField label={t('filter.text')} value={search.text ?? ''} onSearch={(text) => change({ text: text.trim() || undefined })} />
        <Select ref={camera} label={t('filter.camera')} placeholder={t('filter.any_camera')} value={search.camera ?? null} {...clearable}
          data={names.cameras.map((one) => ({ value: one.id, label: `${one.number} · ${one.name}${one.is_retired ? ` ${t('retired')}` : ''}` }))}
          onChange={(value) => change({ camera: value ?? undefined })} />
        <Select ref={person} label={t('filter.person')} placeholder={t('filter.anybody')} value={search.person ?? null} {...clearable}
          data={names.people.map((one) => ({ value: one.id, label: `${one.display_name} · ${one.name}${one.is_disabled ? ` ${t('disabled')}` : ''}` }))}
          onChange={(value) => change({ person: value ?? undefined })} />
        {search.show !== 'viewings' && (
          <Select label={t('filter.kind')} placeholder={t('filter.any_kind')} value={search.kind ?? null} {...clearable} data={kinds}
            onChange={(value) => change({ kind: value ?? undefined })} />
        )}
      </div>
      <div className={admin['filters']}>
        <DateField hasTime isCompact label={t('filter.from')} value={search.from ?? ''} onChange={(from) => change({ from: from || undefined })} />
        <DateField hasTime isCompact label={t('filter.until')} value={search.until ?? ''} onChange={(until) => change({ until: until || undefined })} />
        <Days change={change} />
        {search.show !== 'viewings' && (
          <Switch mb={8} label={t('filter.refused')} checked={search.refused ?? false} onChange={(event) => change({ refused: event.currentTarget.checked || undefined })} />
        )}
        {search.right && (
          <Pill size="lg" mb={4} withRemoveButton removeButtonProps={{ 'aria-label': t('filter.any_right'), tabIndex: 0, 'aria-hidden': false }} onRemove={() => change({ right: undefined })}>
            {t('filter.right')}
          </Pill>
        )}
      </div>
    </>
  );
}

/** The spans that are asked for most: whole days of the municipality's zone. */
function Days({ change }: Pick<Props, 'change'>) {
  const { t } = useTranslation('audit');
  const choose = (fromDaysAgo: number, untilDaysAgo: number) => {
    const day = (ago: number) => localDay(serverClock.now_us() - ago * DAY_US, zoneStore.get());
    change({ from: `${day(fromDaysAgo)}T00:00`, until: `${day(untilDaysAgo)}T00:00` });
  };
  return (
    <Group gap={4} wrap="nowrap" role="group" aria-label={t('filter.span')} mb={2}>
      <Button size="xs" variant="default" onClick={() => choose(0, -1)}>{t('today')}</Button>
      <Button size="xs" variant="default" onClick={() => choose(1, 0)}>{t('yesterday')}</Button>
      <Button size="xs" variant="default" onClick={() => choose(6, -1)}>{t('week')}</Button>
      <Button size="xs" variant="default" onClick={() => change({ from: undefined, until: undefined })}>{t('any_time')}</Button>
    </Group>
  );
}
