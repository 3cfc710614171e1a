/** The fields of a letter. */
import { Alert, Autocomplete, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CHANNELS, useRequestChoices } from '@/api/footage';
import { SENDERS, useTwins } from '@/api/letters';
import grants from '@/ui/papers.module.css';
import { MomentField } from '@/time/MomentField';
import { DateField } from '@/time/DateField';
import type { LetterDraft } from './draft';

/** `id`: of a letter that is corrected: whose it is and how it came stay as they were entered; null for a new one. */
type Props = { draft: LetterDraft; id: string | null; at: (field: keyof LetterDraft) => string | null; onChange: (draft: LetterDraft) => void };

export function LetterFields({ draft, id, at, onChange }: Props) {
  const isNew = id === null;
  const { t } = useTranslation('letters');
  const { t: requests } = useTranslation('requests');
  const choices = useRequestChoices().data;
  const set = (more: Partial<LetterDraft>) => onChange({ ...draft, ...more });
  const known = draft.sender === 'authority' ? [...new Set([...(choices?.senders ?? []), ...(choices?.authorities ?? []).map((one) => one.name)])] : [];
  const twins = useTwins({ no: draft.no, on: draft.on, sender_name: draft.senderName }, id ?? undefined);
  return (
    <>
      {isNew && (
        <div className={grants['pair']}>
          <Select data-autofocus autoFocus allowDeselect={false} label={t('field.sender')} value={draft.sender} data={SENDERS.map((value) => ({ value, label: t(`sender.${value}`) }))} onChange={(sender) => sender && set({ sender })} />
          <Select allowDeselect={false} label={requests('field.channel')} value={draft.channel} data={CHANNELS.map((value) => ({ value, label: requests(`channel.${value}`) }))} onChange={(channel) => channel && set({ channel })} />
        </div>
      )}
      <Autocomplete required autoFocus={!isNew} openOnFocus={false} label={t('field.sender_name')} description={t('field.sender_name_hint')} lang="tr" maxLength={200} limit={8} data={known} value={draft.senderName} error={at('senderName')} onChange={(senderName) => set({ senderName })} />
      <div className={grants['pair']}>
        <TextInput required label={requests('field.letter_no')} autoComplete="off" maxLength={60} value={draft.no} error={at('no')} onChange={(event) => set({ no: event.currentTarget.value })} />
        <DateField required label={requests('field.letter_on')} value={draft.on} error={at('on')} onChange={(on) => set({ on })} />
      </div>
      {twins.length > 0 && <Alert color="yellow" role="status">{requests('duplicate', { numbers: twins.join(', ') })}</Alert>}
      <MomentField required label={requests('field.served')} description={requests('field.served_hint')} value={draft.served} error={at('served')} onChange={(served) => set({ served })} />
      <TextInput required label={requests('field.subject')} lang="tr" maxLength={500} value={draft.subject} error={at('subject')} onChange={(event) => set({ subject: event.currentTarget.value })} />
      <EbysFields draft={draft} at={at} onChange={set} />
    </>
  );
}

type EbysProps = { draft: Pick<LetterDraft, 'ebysNo' | 'ebysOn'>; hasFocus?: boolean; at: (field: keyof LetterDraft) => string | null; onChange: (more: Partial<LetterDraft>) => void };

/** The number that EBYS gives, which may come later than the letter. */
export function EbysFields({ draft, hasFocus = false, at, onChange }: EbysProps) {
  const { t } = useTranslation('requests');
  const { t: letters } = useTranslation('letters');
  return (
    <div className={grants['pair']}>
      <TextInput autoFocus={hasFocus} label={t('field.ebys_no')} description={t('field.ebys_no_hint')} autoComplete="off" maxLength={60} value={draft.ebysNo} error={at('ebysNo')} onChange={(event) => onChange({ ebysNo: event.currentTarget.value })} />
      <DateField label={letters('field.ebys_on')} description={letters('field.ebys_on_hint')} value={draft.ebysOn} error={at('ebysOn')} onChange={(ebysOn) => onChange({ ebysOn })} />
    </div>
  );
}
