/** The papers of a case with where each stands; what can be printed of it now. */
import { Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '@/api/footage';
import type { Paper } from '@/api/papers';
import { PaperLine } from '@/features/papers/PaperLine';
import { mayDo } from './allowed';
import { PrintRecord } from './PrintRecord';

export function CasePapers({ request, records }: { request: RequestDetail; records: readonly Paper[] }) {
  const { t } = useTranslation('deliveries');
  const mayPrint = mayDo(request, 'print_unreached') || mayDo(request, 'print_answer');
  if (records.length === 0 && !mayPrint) return null;
  return (
    <section aria-label={t('record.title')}>
      <Title order={2}>{t('record.title')}</Title>
      {records.length === 0 && <Text size="sm" c="dimmed">{t('record.none')}</Text>}
      {records.map((paper) => <PaperLine key={paper.id} paper={paper} />)}
      {mayPrint && (
        <Group mt="sm" align="start">
          {mayDo(request, 'print_unreached') && <PrintRecord request_id={request.id} kind="unreached" />}
          {mayDo(request, 'print_answer') && <PrintRecord request_id={request.id} kind="answer" />}
        </Group>
      )}
    </section>
  );
}
