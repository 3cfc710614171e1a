/** What the list is narrowed by; all of it stands in the address. */
import { Checkbox, Pill, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReminders } from '@/api/reminders';
import admin from '@/ui/pages.module.css';
import { SearchField } from '@/ui/SearchField';
import { zoneStore } from '@/time/format';
import { localDay } from '@/time/local-time';
import { serverClock } from '@/time/server-clock';
import { type DocumentsSearch, KINDS, STATES, yearsOf } from './search';

type Props = { search: DocumentsSearch; change: (more: Partial<Record<keyof DocumentsSearch, unknown>>) => void };

export function Filters({ search, change }: Props) {
  const { t } = useTranslation('documents');
  const { t: paper } = useTranslation('papers');
  const clearable = { clearable: true, clearButtonProps: { 'aria-label': t('clear_choice') } };
  const hasToInitial = (useReminders().data ?? []).some((one) => one.kind === 'initials_wait');
  const thisYear = Number(localDay(serverClock.now_us(), zoneStore.get()).slice(0, 4));
  return (
    <>
      <div className={admin['filters']}>
        <SearchField label={t('filter.text')} value={search.text ?? ''} onSearch={(text) => change({ text: text.trim() })} />
        <Select label={t('filter.kind')} placeholder={t('filter.any_kind')} value={search.kind ?? null} {...clearable}
          data={KINDS.map((value) => ({ value, label: paper(`kind.${value}`) }))} onChange={(kind) => change({ kind: kind ?? undefined })} />
        <Select label={t('filter.state')} placeholder={t('filter.any_state')} value={search.state ?? null} {...clearable}
          data={STATES.map((value) => ({ value, label: paper(`state.${value}`) }))} onChange={(state) => change({ state: state ?? undefined })} />
        <Select label={t('filter.year')} placeholder={t('filter.any_year')} value={search.year === undefined ? null : String(search.year)} {...clearable}
          data={yearsOf(thisYear, search.year).map(String)} onChange={(year) => change({ year: year === null ? undefined : Number(year) })} />
      </div>
      {(hasToInitial || search.initials) && (
        <Checkbox mb="sm" label={t('filter.initials')} checked={search.initials === true} onChange={(event) => change({ initials: event.currentTarget.checked || undefined })} />
      )}
      {search.subject && (
        <Pill size="lg" mb="sm" withRemoveButton removeButtonProps={{ 'aria-label': t('filter.any_subject'), tabIndex: 0, 'aria-hidden': false }} onRemove={() => change({ subject: undefined })}>
          {t('filter.subject')}
        </Pill>
      )}
    </>
  );
}
