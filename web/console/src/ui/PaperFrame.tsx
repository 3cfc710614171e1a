/** The frame of a paper's form: its name, its article, what was refused as a whole, Enter records, Escape leaves. */
import { Alert, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isLeaving } from '@/state/leaving';
import { useFocusBack } from '@/state/useFocusBack';

/**
 * `title`, `article`: words; `rest`: a refusal that belongs to no field; `send`, `leave`: what the buttons say. `isTyped`: what was
 * typed does not go by Escape: whoever holds the form asks.
 */
type Props = {
  title: string;
  article?: string;
  send?: string;
  leave?: string;
  canSend: boolean;
  isPending: boolean;
  rest: string | null;
  isTyped?: boolean;
  onSend: () => void;
  onDone: () => void;
  children: ReactNode;
};

export function PaperFrame({ title, article, send, leave, canSend, isPending, rest, isTyped = false, onSend, onDone, children }: Props) {
  useFocusBack();
  const { t } = useTranslation('authority');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSend) onSend();
  };
  return (
    <form onSubmit={submit} onKeyDown={(event) => !isTyped && isLeaving(event) && onDone()}>
      <Fieldset legend={title} mt="md">
        <Stack gap="sm">
          {article && <Text size="sm" c="dimmed">{article}</Text>}
          {children}
          {rest && <Alert color="red" role="alert">{rest}</Alert>}
          <Group>
            <Button type="submit" disabled={!canSend} loading={isPending}>{send ?? t('record')}</Button>
            <Button variant="default" onClick={onDone}>{leave ?? t('cancel')}</Button>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
