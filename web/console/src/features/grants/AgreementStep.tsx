/** The confidentiality agreement: there already, or the day on which it was signed. */
import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateField } from '@/time/DateField';
import { paperDay } from '@/time/paper-day';
import type { StepProps } from './steps';

export function AgreementStep({ draft, set, choices, account }: StepProps) {
  const { t, i18n } = useTranslation('authority');
  if (account?.agreement_on) return <Alert color="gray">{t('agreement_there', { day: paperDay(account.agreement_on, i18n.language), version: choices.agreement_version })}</Alert>;
  return (
    <DateField label={t('field.agreement')} description={t('field.agreement_hint', { version: choices.agreement_version })} value={draft.agreementOn}
      onChange={(agreementOn) => set({ agreementOn })} />
  );
}
