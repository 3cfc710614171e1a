/** Asking for the reason of something that takes away, once, in place. */
import { Alert, Button, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '@/app/problem-words';
import { useFocusBack } from '@/state/useFocusBack';

type Props = { title: string; warning?: string; isPending: boolean; error: unknown; onCancel: () => void; onSend: (why: string) => void };

export function ReasonForm({ title, warning, isPending, error, onCancel, onSend }: Props) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const words = useProblemWords();
  const [why, setWhy] = useState('');
  return (
    <form onSubmit={(event) => { event.preventDefault(); onSend(why); }} onKeyDown={(event) => event.key === 'Escape' && onCancel()}>
      <Fieldset legend={title}>
        <Stack gap="sm">
          {warning && <Alert color="yellow">{warning}</Alert>}
          <TextInput autoFocus required label={t('field.why')} maxLength={500} value={why} onChange={(event) => setWhy(event.currentTarget.value)} />
          {error !== null && error !== undefined && <Alert color="red" role="alert">{words(error)}</Alert>}
          <Group>
            <Button type="submit" color="red" disabled={!why.trim()} loading={isPending}>{title}</Button>
            <Button variant="default" onClick={onCancel}>{t('cancel')}</Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
