/** The papers of a hold: its record (P-05, P-06), of one that came too late what could not be reached (P-07). */
import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { draftOfHoldRecord, useHoldRecords, usePrintHoldRecord } from '@/api/deliveries';
import type { HoldDetail } from '@/api/holds';
import { useMe } from '@/api/session';
import { useProblemWords } from '@/ui/problem-words';
import { DraftButton } from '@/features/papers/DraftButton';
import { PaperLine } from '@/features/papers/PaperLine';
import { may } from '@/state/duty';
import { RECORDS } from './records';

export function HoldPapers({ hold }: { hold: HoldDetail }) {
  const { t } = useTranslation('deliveries');
  const me = useMe();
  const words = useProblemWords();
  const print = usePrintHoldRecord();
  const papers = useHoldRecords(hold.id).data ?? [];
  const kind = hold.state === 'void' ? 'P-07' : RECORDS[hold.basis];
  const isThere = papers.some((one) => one.kind === kind && one.state !== 'cancelled');
  const mayPrint = may(me, 'issue_document') && hold.signed_us === null;
  if (papers.length === 0 && !mayPrint) return null;
  return (
    <section aria-label={t('record.title')}>
      <Title order={2}>{t('record.title')}</Title>
      {papers.length === 0 && <Text size="sm" c="dimmed">{t('record.none')}</Text>}
      {papers.map((paper) => <PaperLine key={paper.id} paper={paper} />)}
      {mayPrint && (
        <Group gap="xs" mt="sm" align="start">
          <Button size="xs" variant="default" loading={print.isPending} onClick={() => print.mutate(hold.id)}>{t(isThere ? 'record.hold_again' : 'record.hold', { kind })}</Button>
          <DraftButton kind={kind} draw={() => draftOfHoldRecord(hold.id)} />
        </Group>
      )}
      {print.error && <Alert color="red" role="alert" mt="xs">{words(print.error)}</Alert>}
    </section>
  );
}
