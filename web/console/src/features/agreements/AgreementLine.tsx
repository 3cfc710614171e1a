/** One signature; taking it back says first what rests by it. */
import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Agreement, useWithdrawAgreement } from '@/api/agreements';
import { ReasonForm } from '@/ui/ReasonForm';
import { paperDay } from '@/time/paper-day';
import { stateOf } from './consequences';
import { WhatRests } from './WhatRests';

export function AgreementLine({ agreement, mayRecord }: { agreement: Agreement; mayRecord: boolean }) {
  const { t, i18n } = useTranslation('agreements');
  const [isAsking, setAsking] = useState(false);
  const withdraw = useWithdrawAgreement();
  const name = agreement.person_name;
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.person')} lang="tr"><strong>{name}</strong></Table.Td>
      <Table.Td data-label={t('column.signed')}>{paperDay(agreement.signed_on, i18n.language)}<small lang="tr">{t('recorded_by', { name: agreement.recorded_by })}</small></Table.Td>
      <Table.Td data-label={t('column.version')}>{agreement.version}<small lang="tr">{agreement.reference}</small></Table.Td>
      <Table.Td data-label={t('column.state')}>{t(`state.${stateOf(agreement)}`)}</Table.Td>
      <Table.Td>
        {mayRecord && agreement.ended_as === null && !isAsking && (
          <Button size="xs" variant="default" aria-label={t('withdraw_named', { name })} onClick={() => setAsking(true)}>{t('withdraw')}</Button>
        )}
        {isAsking && (
          <ReasonForm title={t('withdraw')} warning={<WhatRests persons={agreement.counts ? [agreement.person_id] : []} />} isPending={withdraw.isPending} error={withdraw.error}
            onCancel={() => setAsking(false)} onSend={(why) => withdraw.mutate({ id: agreement.id, why }, { onSuccess: () => setAsking(false) })} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}
