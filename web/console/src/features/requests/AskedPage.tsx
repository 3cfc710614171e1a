/** What is asked for: cameras, intervals to the second, the place of the event, the subject. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import grants from '@/ui/papers.module.css';
import { moment } from '@/time/timeWords';
import { zoneStore } from '@/time/format';
import { momentOf } from '@/time/moment';
import type { PageProps } from './page';
import { ScopeFields } from './ScopeFields';

export function AskedPage({ draft, set, at, choices }: PageProps) {
  const { t, i18n } = useTranslation('requests');
  const zone = zoneStore.get();
  const served_us = momentOf(draft.served, zone);
  return (
    <>
      <ScopeFields scope={draft} cameras={choices.cameras} at={at} onChange={set}
        latestHint={served_us === null ? t('interval.hint') : t('interval.latest', { served: moment(served_us, i18n.language, zone) })} />
      <div className={grants['pair']}>
        <TextInput label={t('field.subject')} description={t('field.subject_hint')} required withAsterisk={false} lang="tr" maxLength={500} value={draft.subject} error={at('subject')} onChange={(event) => set({ subject: event.currentTarget.value })} />
        <TextInput label={t('field.place')} description={t('field.place_hint')} lang="tr" maxLength={500} value={draft.place} error={at('place')} onChange={(event) => set({ place: event.currentTarget.value })} />
      </div>
    </>
  );
}
