/** Prints a paper of the case; why it cannot be printed now stands below the button. */
import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { draftOfRecord, type RecordKind, usePrintRecord } from '@/api/deliveries';
import { useProblemWords } from '@/ui/problem-words';
import { DraftButton } from '@/features/papers/DraftButton';

const NUMBERS: Record<RecordKind, string> = { unreached: 'P-07', answer: 'P-31' };

export function PrintRecord({ request_id, kind }: { request_id: string; kind: RecordKind }) {
  const { t } = useTranslation('deliveries');
  const words = useProblemWords();
  const print = usePrintRecord();
  return (
    <div>
      <Group gap="xs" align="start">
        <Button size="xs" variant="default" loading={print.isPending} onClick={() => print.mutate({ request_id, kind })}>{t(`record.${kind}`)}</Button>
        <DraftButton kind={NUMBERS[kind]} draw={() => draftOfRecord(request_id, kind)} />
      </Group>
      {print.error && <Alert color="red" role="alert" mt="xs">{words(print.error)}</Alert>}
    </div>
  );
}
