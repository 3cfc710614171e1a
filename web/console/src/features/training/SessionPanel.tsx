/** A training in a room beside the list: entered, corrected. */
import { Alert, Button, Group } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { TOPICS } from '@/api/training';
import { type TrainingSession, useSaveSession } from '@/api/training-sessions';
import { Panel } from '@/ui/Panel';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { zoneStore } from '@/time/format';
import { bodyOf, draftOf, emptyDraft, isTyped, PLACES } from './session-draft';
import { SessionForm } from './SessionForm';

type Props = { one: TrainingSession | null; onClose: () => void };

export function SessionPanel({ one, onClose }: Props) {
  const { t } = useTranslation('training');
  const zone = zoneStore.get();
  const [before] = useState(() => (one ? draftOf(one, zone) : emptyDraft(TOPICS)));
  const [draft, setDraft] = useState(before);
  const save = useSaveSession(one?.id ?? null);
  const { at, rest } = useFieldProblems(save.error, PLACES);
  const body = bodyOf(draft, zone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body) save.mutate(body, { onSuccess: onClose });
  };
  return (
    <Panel title={t(one ? 'room.one' : 'room.new')} isTyped={isTyped(draft, before)} onClose={onClose}>
      <form onSubmit={submit}>
        <SessionForm draft={draft} at={at} onChange={setDraft} />
        {rest && <Alert color="red" role="alert" mt="md">{rest}</Alert>}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>{t('room.cancel')}</Button>
          <Button type="submit" disabled={!body} loading={save.isPending}>{t('room.record')}</Button>
        </Group>
      </form>
    </Panel>
  );
}
