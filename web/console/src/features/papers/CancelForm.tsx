/** Cancelling a paper: what follows is read first, the reason is asked for. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type Paper, useCancelPaper } from '@/api/papers';
import { useFieldProblems } from '@/ui/useFieldProblems';
import classes from './papers.module.css';

const MOST_CHARACTERS = 500;

type Props = { paper: Paper; reason: string; onReason: (reason: string) => void; onLeave: () => void; onDone: () => void };

export function CancelForm({ paper, reason, onReason, onLeave, onDone }: Props) {
  const { t } = useTranslation('papers');
  const cancel = useCancelPaper(paper.id);
  const { at, rest } = useFieldProblems(cancel.error, { reason_required: 'reason' });
  const send = (event: FormEvent) => {
    event.preventDefault();
    cancel.mutate(reason, { onSuccess: onDone });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <Text size="sm">{t('cancel.paper', { kind: t(`kind.${paper.kind}`) })}</Text>
        <ul className={classes['follows']} aria-label={t('cancel.follows')}>
          <li>{t('cancel.query')}</li>
          <li>{t('cancel.number')}</li>
          {paper.signature_kind && <li>{t('cancel.signed')}</li>}
          <li>{t('cancel.told')}</li>
          <li>{t('cancel.final')}</li>
        </ul>
        <TextInput data-autofocus autoFocus required withAsterisk={false} label={t('cancel.reason')} description={t('cancel.reason_hint')} lang="tr" autoComplete="off"
          maxLength={MOST_CHARACTERS} value={reason} error={at('reason')} onChange={(event) => onReason(event.currentTarget.value)} />
        {rest && <Alert color="red" role="alert">{rest}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onLeave}>{t('cancel.leave')}</Button>
          <Button type="submit" color="red" disabled={!reason.trim()} loading={cancel.isPending}>{t('cancel.send')}</Button>
        </Group>
      </Stack>
    </form>
  );
}
