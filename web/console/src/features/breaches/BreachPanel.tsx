/** A breach beside the list: recorded new, begun from an entry of the audit log, or corrected. */
import { Alert, Button, Group } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '@/api/authority';
import { type Breach, type EntryFacts, useEntryFacts, useSaveBreach } from '@/api/breaches';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { Panel } from '@/ui/Panel';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { zoneStore } from '@/time/format';
import { localDay } from '@/time/local-time';
import { serverClock } from '@/time/server-clock';
import { BreachForm } from './BreachForm';
import { bodyOf, draftOf, draftOfEntry, emptyDraft, isTyped, PLACES } from './draft';

type Props = { breach: Breach | null; entry: number | undefined; title: string; onClose: () => void };

export function BreachPanel({ breach, entry, title, onClose }: Props) {
  const choices = useChoices();
  const facts = useEntryFacts(entry);
  const missing = choices.data ? (entry === undefined || facts.data ? null : facts) : choices;
  if (missing || !choices.data) {
    return (
      <Panel title={title} onClose={onClose}>
        {missing?.error ? <PageFailure error={missing.error} onRetry={() => void missing.refetch()} /> : <PageLoading />}
      </Panel>
    );
  }
  return <Editor breach={breach} facts={facts.data ?? null} cameras={choices.data.cameras} title={title} onClose={onClose} />;
}

type EditorProps = { breach: Breach | null; facts: EntryFacts | null; cameras: Parameters<typeof BreachForm>[0]['cameras']; title: string; onClose: () => void };

function Editor({ breach, facts, cameras, title, onClose }: EditorProps) {
  const { t } = useTranslation('breaches');
  const zone = zoneStore.get();
  const [before] = useState(() => {
    const today = localDay(serverClock.now_us(), zone);
    return breach ? draftOf(breach, zone) : facts ? draftOfEntry(facts, today, zone) : emptyDraft(today);
  });
  const [draft, setDraft] = useState(before);
  const save = useSaveBreach(breach?.id ?? null);
  const { at, rest } = useFieldProblems(save.error, PLACES);
  const body = bodyOf(draft, zone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body) save.mutate(body, { onSuccess: onClose });
  };
  return (
    <Panel title={title} isTyped={isTyped(draft, before)} onClose={onClose}>
      {facts && <Alert color="gray" mb="md">{t('entry.filled', { number: facts.number })}</Alert>}
      {facts?.is_recorded && <Alert color="yellow" mb="md">{t('entry.recorded')}</Alert>}
      <form onSubmit={submit}>
        <BreachForm draft={draft} cameras={cameras} at={at} onChange={setDraft} />
        {rest && <Alert color="red" role="alert" mt="md">{rest}</Alert>}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" disabled={!body} loading={save.isPending}>{t(breach ? 'correct' : 'record')}</Button>
        </Group>
      </form>
    </Panel>
  );
}
