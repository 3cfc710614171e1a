/** Giving a request to the officer who prepares it; what the one before could see of it ends. */
import { Alert, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RequestDetail, useAssignRequest, useRequestChoices } from '@/api/footage';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';

const PLACES = {
  separation_of_duties: 'officer', paper_not_for_role: 'officer', account_disabled: 'officer', not_staff: 'officer', person_missing: 'officer', nda_missing: 'officer', account_not_found: 'officer',
} as const; // prettier-ignore

export function AssignForm({ request, onDone }: { request: RequestDetail; onDone: () => void }) {
  const { t } = useTranslation('requests');
  const choices = useRequestChoices();
  const assign = useAssignRequest();
  const { at, rest } = useFieldProblems<'officer'>(assign.error, PLACES);
  const [officer, setOfficer] = useState<string | null>(null);
  const done = request.duties.filter((one) => one.duty === 'register' || one.duty === 'approve').map((one) => one.account_id);
  const officers = (choices.data?.officers ?? []).filter((one) => !done.includes(one.id));
  return (
    <PaperFrame title={t('do.assign')} article={t('article.assign')} send={t('do.assign')} canSend={officer !== null} isPending={assign.isPending} rest={rest} onDone={onDone}
      onSend={() => officer && assign.mutate({ id: request.id, account_id: officer }, { onSuccess: onDone })}>
      {request.officer_name && <Alert color="gray">{t('assign_ends', { name: request.officer_name })}</Alert>}
      <Select autoFocus searchable required withAsterisk={false} label={t('field.officer')} value={officer} error={at('officer')} nothingFoundMessage={t('nobody')} onChange={setOfficer}
        data={officers.map((one) => ({ value: one.id, label: one.display_name }))} />
    </PaperFrame>
  );
}
