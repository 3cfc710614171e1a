/** Giving a letter to somebody to act on (havale), with the time until which they should have. */
import { Alert, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Letter, useAssignees, useAssignLetter } from '@/api/letters';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { PaperFrame } from '@/ui/PaperFrame';
import { MomentField } from '@/time/MomentField';
import { UNTYPED } from '@/time/moment';
import { zoneStore } from '@/time/format';
import { dueTyped } from './task';

const PLACES = { account_disabled: 'person', account_not_found: 'person', letter_to_nobody: 'person', letter_due_past: 'due_us', due_us: 'due_us' } as const;

type Props = { letter: Letter; isTyped: boolean; onTyped: () => void; onDone: () => void };

export function GiveLetter({ letter, isTyped, onTyped, onDone }: Props) {
  const { t } = useTranslation('letters');
  const { t: requests } = useTranslation('requests');
  const people = useAssignees().data ?? [];
  const give = useAssignLetter(letter.id);
  const { at, rest } = useFieldProblems<'person' | 'due_us'>(give.error, PLACES);
  const [person, setPerson] = useState<string | null>(null);
  const [due, setDue] = useState(UNTYPED);
  const due_us = dueTyped(due, zoneStore.get());
  const canSend = person !== null && due_us !== undefined;
  const send = () => canSend && give.mutate({ account_id: person, due_us }, { onSuccess: onDone });
  return (
    <PaperFrame title={t('give')} article={t('give_says')} send={t('give')} canSend={canSend} isPending={give.isPending} rest={rest} isTyped={isTyped} onSend={send} onDone={onDone}>
      {letter.assignee_name && <Alert color="gray">{t('give_ends', { name: letter.assignee_name })}</Alert>}
      <Select autoFocus searchable openOnFocus={false} required withAsterisk={false} label={t('field.assignee')} value={person} error={at('person')} nothingFoundMessage={requests('nobody')}
        data={people.map((one) => ({ value: one.id, label: one.display_name }))}
        onChange={(value) => {
          setPerson(value);
          onTyped();
        }} />
      <MomentField label={t('field.due')} description={t('field.due_hint')} value={due} error={at('due_us')}
        onChange={(value) => {
          setDue(value);
          onTyped();
        }} />
    </PaperFrame>
  );
}
