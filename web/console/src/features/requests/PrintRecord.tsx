/** Prints a paper of the case; why it cannot be printed now stands below the button. */
import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RecordKind, usePrintRecord } from '@/api/deliveries';
import { useProblemWords } from '@/app/problem-words';

export function PrintRecord({ request_id, kind }: { request_id: string; kind: RecordKind }) {
  const { t } = useTranslation('deliveries');
  const words = useProblemWords();
  const print = usePrintRecord();
  return (
    <div>
      <Button size="xs" variant="default" loading={print.isPending} onClick={() => print.mutate({ request_id, kind })}>{t(`record.${kind}`)}</Button>
      {print.error && <Alert color="red" role="alert" mt="xs">{words(print.error)}</Alert>}
    </div>
  );
}
