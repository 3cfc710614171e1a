/** Going on without a package that cannot be built: what that means is said before, why is written down. */
import { Alert, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGiveUpExport } from '@/api/exports';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';

const MOST = 120; // it stands in one line of a paper
const PLACES = { give_up_reason_missing: 'why' } as const;

/** `isOnly`: no other package of the request is left. `onGivenUp`: the button that opened it is gone. */
type Props = { request_id: string; number: number; isOnly: boolean; onClose: () => void; onGivenUp: () => void };

export function GiveUpForm({ request_id, number, isOnly, onClose, onGivenUp }: Props) {
  const { t } = useTranslation('exports');
  const giveUp = useGiveUpExport();
  const { at, rest } = useFieldProblems<'why'>(giveUp.error, PLACES);
  const [why, setWhy] = useState('');
  const send = async () => {
    await giveUp.mutateAsync({ request_id, number, why: why.trim() });
    onClose();
    onGivenUp(); // by now this form is gone as well
  };
  return (
    <PaperFrame title={t('give_up.title', { number })} send={t('give_up.send')} leave={t('give_up.leave')} canSend={why.trim() !== '' && !giveUp.isPending} isPending={giveUp.isPending} rest={rest}
      onSend={() => void send().catch(() => null)} onDone={onClose}>
      <Alert color="yellow">{t(isOnly ? 'give_up.only' : 'give_up.says')}</Alert>
      <TextInput autoFocus required label={t('give_up.why')} description={t('give_up.why_says')} lang="tr" maxLength={MOST} value={why} error={at('why')} onChange={(event) => setWhy(event.currentTarget.value)} />
    </PaperFrame>
  );
}
