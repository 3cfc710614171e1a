/** Which running authority rests when signatures stop counting, by name and number, before anybody decides. */
import { useTranslation } from 'react-i18next';
import { useAssignments, useChoices, useGrants } from '@/api/authority';
import { resting } from './consequences';

/** `persons`: whose signature would not count any more; nobody's where it does not count now. */
export function WhatRests({ persons }: { persons: readonly string[] }) {
  const { t } = useTranslation('agreements');
  const [grants, assignments, choices] = [useGrants().data, useAssignments().data, useChoices().data];
  if (persons.length === 0) return t('rests.nothing');
  if (!grants || !assignments || !choices) return t('rests.unknown');
  const found = resting(persons, grants, assignments.assignments, choices.accounts);
  if (found.grants.length + found.assignments.length === 0) return t('rests.nobody');
  return (
    <>
      {found.grants.length > 0 && <div>{t('rests.grants', { count: found.grants.length, which: found.grants.map((one) => `${one.number} (${one.person_name})`).join(', ') })}</div>}
      {found.assignments.length > 0 && <div>{t('rests.assignments', { count: found.assignments.length, which: found.assignments.map((one) => `${one.post_name} (${one.display_name})`).join(', ') })}</div>}
      <div>{t('rests.until_signed')}</div>
    </>
  );
}
