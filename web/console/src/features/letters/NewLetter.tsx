/** Registering a letter, which an e-Yazışma package fills in; its scan and what it asks for come next, on its own panel. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFileLetter } from '@/api/footage';
import { useAddLetter } from '@/api/letters';
import { Panel } from '@/ui/Panel';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { zoneStore } from '@/time/format';
import { useProblemWords } from '@/ui/problem-words';
import { bodyOf, EMPTY, filledFrom, PLACES } from './draft';
import { LetterFields } from './LetterFields';
import { PackageField } from './PackageField';

type Props = { onSaved: (id: string) => void; onClose: () => void };

export function NewLetter({ onSaved, onClose }: Props) {
  const { t } = useTranslation('letters');
  const { t: admin } = useTranslation('admin');
  const add = useAddLetter();
  const upload = useFileLetter();
  const words = useProblemWords();
  const [draft, setDraft] = useState(EMPTY);
  const [file, setFile] = useState<File | null>(null);
  const { at, rest } = useFieldProblems(add.error, PLACES);
  const body = bodyOf(draft, zoneStore.get());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body && !add.isPending) add.mutate(body, { onSuccess: ({ letter }) => keep(letter.id) });
  };
  const keep = (id: string) => (file ? upload.mutate({ id, file }, { onSuccess: () => onSaved(id) }) : onSaved(id));
  const saved = add.data?.letter.id;
  if (saved && upload.error) {
    return (
      <Panel title={t('new')} onClose={() => onSaved(saved)}>
        <Alert color="red" role="alert" title={t('package.not_kept')}>{words(upload.error)}</Alert>
        <Button mt="sm" onClick={() => onSaved(saved)}>{t('package.go')}</Button>
      </Panel>
    );
  }
  return (
    <Panel title={t('new')} isTyped={draft !== EMPTY} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">{t('new_says')}</Text>
          <PackageField file={file} onLeave={() => setFile(null)} onRead={(chosen, found) => {
            setFile(chosen);
            setDraft((before) => filledFrom(before, found));
          }} />
          <LetterFields draft={draft} id={null} at={at} onChange={setDraft} />
          {rest && <Alert color="red" role="alert">{rest}</Alert>}
          <Group justify="flex-end" mt="sm">
            <Button variant="default" onClick={onClose}>{admin('cancel')}</Button>
            <Button type="submit" disabled={!body} loading={add.isPending || upload.isPending}>{t('save')}</Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
