/** Registering a letter: its scan and what it asks for come next, on its own panel. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddLetter } from '@/api/letters';
import { Panel } from '@/features/admin/Panel';
import { useFieldProblems } from '@/features/admin/useFieldProblems';
import { zoneStore } from '@/time/format';
import { bodyOf, EMPTY, PLACES } from './draft';
import { LetterFields } from './LetterFields';

type Props = { onSaved: (id: string) => void; onClose: () => void };

export function NewLetter({ onSaved, onClose }: Props) {
  const { t } = useTranslation('letters');
  const { t: admin } = useTranslation('admin');
  const add = useAddLetter();
  const [draft, setDraft] = useState(EMPTY);
  const { at, rest } = useFieldProblems(add.error, PLACES);
  const body = bodyOf(draft, zoneStore.get());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body && !add.isPending) add.mutate(body, { onSuccess: ({ letter }) => onSaved(letter.id) });
  };
  return (
    <Panel title={t('new')} isTyped={draft !== EMPTY} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">{t('new_says')}</Text>
          <LetterFields draft={draft} id={null} at={at} onChange={setDraft} />
          {rest && <Alert color="red" role="alert">{rest}</Alert>}
          <Group justify="flex-end" mt="sm">
            <Button variant="default" onClick={onClose}>{admin('cancel')}</Button>
            <Button type="submit" disabled={!body} loading={add.isPending}>{t('save')}</Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
