/** Who takes the footage, with what they showed of themselves. */
import { Autocomplete, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import grants from '@/ui/papers.module.css';
import type { ReceiverDraft } from './receiver';

const MOST = 200;
const SHOWN_PAPERS = ['Kurum kimliği', 'Nüfus cüzdanı', 'Yetki belgesi']; // printed on Turkish minutes as they stand here

type Props = { receiver: ReceiverDraft; hasFocus?: boolean; at: (field: 'receiver') => string | null; onChange: (receiver: ReceiverDraft) => void };

export function ReceiverFields({ receiver, hasFocus = false, at, onChange }: Props) {
  const { t } = useTranslation('deliveries');
  const set = (more: Partial<ReceiverDraft>) => onChange({ ...receiver, ...more });
  const wrong = at('receiver');
  return (
    <>
      <div className={grants['pair']}>
        <TextInput autoFocus={hasFocus} required label={t('field.receiver')} lang="tr" autoComplete="off" maxLength={MOST} value={receiver.name} error={wrong} onChange={(event) => set({ name: event.currentTarget.value })} />
        <TextInput label={t('field.receiver_title')} lang="tr" autoComplete="off" maxLength={MOST} value={receiver.title} onChange={(event) => set({ title: event.currentTarget.value })} />
      </div>
      <TextInput label={t('field.institution')} lang="tr" autoComplete="off" maxLength={MOST} value={receiver.institution} onChange={(event) => set({ institution: event.currentTarget.value })} />
      <div className={grants['pair']}>
        <Autocomplete label={t('field.identity_seen')} lang="tr" maxLength={MOST} data={SHOWN_PAPERS} value={receiver.identity_seen} onChange={(identity_seen) => set({ identity_seen })} />
        <TextInput required label={t('field.identity_no')} description={t('field.identity_no_hint')} autoComplete="off" maxLength={MOST} value={receiver.identity_no} error={wrong !== null} onChange={(event) => set({ identity_no: event.currentTarget.value })} />
      </div>
    </>
  );
}
