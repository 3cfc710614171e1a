/** One person beside the list: what is known, the account, leaving. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson, usePersonAct, useSavePerson } from '@/api/people';
import { useMe } from '@/api/session';
import type { Person, Unit } from '@/api/types';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { useProblemWords } from '@/ui/problem-words';
import classes from '@/ui/pages.module.css';
import { Panel } from '@/ui/Panel';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { dayAndTime } from '@/time/format';
import { bodyOf, draftOf, isTyped, PLACES } from './draft';
import { PersonFacts } from './PersonFacts';
import { PersonForm } from './PersonForm';
import { useTrainingWords } from './training-words';

type Props = { id: string | null; units: readonly Unit[]; mayChange: boolean; onClose: () => void };

export function PersonPanel({ id, units, mayChange, onClose }: Props) {
  const { t } = useTranslation('admin');
  const person = usePerson(id ?? undefined);
  if (id !== null && !person.data) {
    return (
      <Panel title={t('people.one')} onClose={onClose}>
        {person.error ? <PageFailure error={person.error} onRetry={() => void person.refetch()} /> : <PageLoading />}
      </Panel>
    );
  }
  if (!mayChange) {
    return (
      <Panel title={person.data?.full_name ?? t('people.one')} onClose={onClose}>
        {person.data && <PersonFacts person={person.data} />}
      </Panel>
    );
  }
  return <Editor person={person.data ?? null} units={units} onClose={onClose} />;
}

function Editor({ person, units, onClose }: { person: Person | null; units: readonly Unit[]; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const [before] = useState(() => draftOf(person));
  const [draft, setDraft] = useState(before);
  const save = useSavePerson(person?.id ?? null);
  const { at, rest } = useFieldProblems(save.error, PLACES);
  const body = bodyOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body) save.mutate(body, { onSuccess: onClose });
  };
  return (
    <Panel title={person?.full_name ?? t('people.new')} isTyped={isTyped(draft, before)} onClose={onClose}>
      <form onSubmit={submit}>
        <PersonForm draft={draft} units={units} at={at} onChange={setDraft} />
        {rest && <Alert color="red" role="alert" mt="md">{rest}</Alert>}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" disabled={!body} loading={save.isPending}>{t(person ? 'keep' : 'people.register')}</Button>
        </Group>
      </form>
      {person && <Trained person={person} />}
      {person && <AccountOf person={person} />}
      {person && <Leaving person={person} />}
    </Panel>
  );
}

function Trained({ person }: { person: Person }) {
  const { t } = useTranslation('admin');
  const trained = useTrainingWords()(person);
  return (
    <section className={classes['section']} aria-label={t('field.last_training')}>
      <Text size="sm" lang="tr">{t('field.last_training')}: {trained || t('people.not_trained')}</Text>
    </section>
  );
}

function AccountOf({ person }: { person: Person }) {
  const { t } = useTranslation('admin');
  const me = useMe();
  if (!me?.actions.includes('see_accounts')) return null;
  return (
    <section className={classes['section']} aria-label={t('tab.accounts')}>
      {person.account ? (
        <Link className={classes['link']} to="/admin/accounts" search={{ open: person.account.id }}>{t('people.to_account', { name: person.account.name })}</Link>
      ) : person.left_us === null && me.actions.includes('manage_accounts') ? (
        <Link className={classes['link']} to="/admin/accounts" search={{ open: 'new', person: person.id }}>{t('people.give_account')}</Link>
      ) : (
        <Text size="sm" c="dimmed">{t('mark.no_account')}</Text>
      )}
    </section>
  );
}

function Leaving({ person }: { person: Person }) {
  const { t, i18n } = useTranslation('admin');
  const words = useProblemWords();
  const [isAsked, setAsked] = useState(false);
  const act = usePersonAct(person.id);
  const hasLeft = person.left_us !== null;
  return (
    <section className={classes['section']} aria-label={t('people.leaving')}>
      {person.left_us !== null && <Text size="sm" mb="xs">{t('people.left_since', { time: dayAndTime(person.left_us, i18n.language) })}</Text>}
      {!isAsked && (
        <Button variant="default" size="xs" loading={act.isPending} onClick={() => (hasLeft ? act.mutate('return') : setAsked(true))}>
          {t(hasLeft ? 'people.return' : 'people.leave')}
        </Button>
      )}
      {isAsked && (
        <Alert color="yellow" role="alert">
          <Text size="sm">{t('people.leave_effect')}</Text>
          <Group gap="xs" mt={4} p={4}>
            <Button size="xs" color="red" loading={act.isPending} onClick={() => act.mutate('leave', { onSuccess: () => setAsked(false) })}>{t('people.leave_now')}</Button>
            <Button size="xs" variant="default" autoFocus onClick={() => setAsked(false)}>{t('cancel')}</Button>
          </Group>
        </Alert>
      )}
      {act.error && <Alert color="red" role="alert" mt="xs">{words(act.error)}</Alert>}
    </section>
  );
}
