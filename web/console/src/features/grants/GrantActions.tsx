/** What can be done with a grant now. What cannot says which paper is missing; what closes pictures says how many. */
import { Alert, Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GrantDetail, useCancelGrant, useEndGrant, useReinstate } from '@/api/authority';
import { useMe } from '@/api/session';
import { useProblemWords } from '@/ui/problem-words';
import { ActivateDialog } from './ActivateDialog';
import { NewOlurForm } from './NewOlurForm';
import { AgreementForm, DutyForm, RenewForm, TrainingForm } from './PaperForms';
import { ReasonForm } from '@/ui/ReasonForm';

type Open = 'activate' | 'withdrawal' | 'suspension' | 'cancellation' | 'renewal' | 'agreement' | 'training' | 'duty' | 'person' | 'scope' | null;

const MOST_REASON = 500;

export function GrantActions({ grant }: { grant: GrantDetail }) {
  const { t } = useTranslation('authority');
  const words = useProblemWords();
  const me = useMe();
  const [open, setOpen] = useState<Open>(null);
  const reinstate = useReinstate();
  const end = useEndGrant();
  const cancel = useCancelGrant();
  const may = (action: string) => me?.actions.some((one) => one === action) ?? false;
  const is = (...states: string[]) => states.includes(grant.state);
  const close = () => setOpen(null);
  const { error } = reinstate;
  const endsWith = t('closes', { count: grant.open_views });

  return (
    <Stack gap="sm" my="md">
      <Group>
        {is('awaiting_nda', 'awaiting_activation') && may('activate_grant') && (
          <Button disabled={grant.missing.some((code) => code !== 'second_person_missing')} onClick={() => setOpen('activate')}>{t('do.activate')}</Button>
        )}
        {is('awaiting_nda', 'suspended') && grant.missing.includes('nda_missing') && may('record_agreement') && <Choice name="agreement" set={setOpen} />}
        {is('draft', 'awaiting_nda', 'awaiting_activation') && may('enter_grant') && !grant.training && <Choice name="training" set={setOpen} />}
        {is('active', 'expired') && may('enter_renewal') && !grant.is_renewal_prepared && <Choice name="renewal" set={setOpen} />}
        {is('active', 'suspended') && may('report_duty_change') && <Choice name="duty" set={setOpen} />}
        {is('active', 'suspended') && may('enter_grant') && <Choice name="person" set={setOpen} />}
        {is('active', 'suspended') && may('enter_grant') && <Choice name="scope" set={setOpen} />}
        {is('active') && may('withdraw_grant') && <Choice name="suspension" set={setOpen} />}
        {is('suspended') && may('withdraw_grant') && <Button variant="default" loading={reinstate.isPending} onClick={() => reinstate.mutate(grant.id)}>{t('do.reinstate')}</Button>}
        {is('active', 'suspended') && may('withdraw_grant') && <Choice name="withdrawal" set={setOpen} />}
        {is('draft', 'awaiting_nda', 'awaiting_activation') && may('enter_grant') && <Choice name="cancellation" set={setOpen} />}
      </Group>
      {error && <Alert color="red" role="alert">{words(error)}</Alert>}
      {(open === 'withdrawal' || open === 'suspension') && (
        <ReasonForm title={t(`do.${open}`)} warning={endsWith} most={MOST_REASON} isPending={end.isPending} error={end.error} onCancel={close}
          onSend={(why) => end.mutate({ id: grant.id, ending: open, why }, { onSuccess: close })} />
      )}
      {open === 'cancellation' && (
        <ReasonForm title={t('do.cancellation')} most={MOST_REASON} isPending={cancel.isPending} error={cancel.error} onCancel={close}
          onSend={(why) => cancel.mutate({ id: grant.id, why }, { onSuccess: close })} />
      )}
      {open === 'renewal' && <RenewForm grant={grant} onDone={close} />}
      {open === 'agreement' && <AgreementForm person_id={grant.person_id} paper={signedAgreement(grant)} onDone={close} />}
      {open === 'duty' && <DutyForm person={{ id: grant.person_id, full_name: grant.person_name }} warning={endsWith} onDone={close} />}
      {open === 'training' && <TrainingForm grant={grant} onDone={close} />}
      {(open === 'person' || open === 'scope') && <NewOlurForm key={open} grant={grant} changes={open} onDone={close} />}
      {open === 'activate' && <ActivateDialog grant={grant} onClose={close} />}
    </Stack>
  );
}

/** The printed agreement that came back signed: the signature is recorded with it. */
const signedAgreement = (grant: GrantDetail) => grant.papers.find((one) => one.kind === 'P-08' && one.state === 'signed');

function Choice({ name, set }: { name: NonNullable<Open>; set: (open: Open) => void }) {
  const { t } = useTranslation('authority');
  return <Button variant="default" onClick={() => set(name)}>{t(`do.${name}`)}</Button>;
}
