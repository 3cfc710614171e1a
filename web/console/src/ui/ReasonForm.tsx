/** Asking for the reason of something that takes away, once, in place. */
import { Alert, Button, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldProblems } from './useFieldProblems';
import { isLeaving } from '@/state/leaving';
import { useFocusBack } from '@/state/useFocusBack';

/** `warning`: what it does, said before it is done; `most`: how many characters the paper takes. */
type Props = { title: string; warning?: ReactNode; most?: number; isPending: boolean; error: unknown; onCancel: () => void; onSend: (why: string) => void };

export function ReasonForm({ title, warning, most = 200, isPending, error, onCancel, onSend }: Props) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const { at, rest } = useFieldProblems(error, { reason_required: 'why' });
  const [why, setWhy] = useState('');
  return (
    <form onSubmit={(event) => { event.preventDefault(); onSend(why); }} onKeyDown={(event) => isLeaving(event) && onCancel()}>
      <Fieldset legend={title}>
        <Stack gap="sm">
          {warning && <Alert color="yellow">{warning}</Alert>}
          <TextInput autoFocus required label={t('field.why')} maxLength={most} value={why} error={at('why')} onChange={(event) => setWhy(event.currentTarget.value)} />
          {rest && <Alert color="red" role="alert">{rest}</Alert>}
          <Group>
            <Button type="submit" color="red" disabled={!why.trim()} loading={isPending}>{title}</Button>
            <Button variant="default" onClick={onCancel}>{t('cancel')}</Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
