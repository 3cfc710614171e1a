/** The papers of one grant: what was printed for it, what can be printed now. */
import { Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GrantDetail } from '@/api/authority';
import { useMe } from '@/api/session';
import { PaperLine } from './PaperLine';
import { PrintButton } from './PrintButton';

export function GrantPapers({ grant }: { grant: GrantDetail }) {
  const { t } = useTranslation('papers');
  const me = useMe();
  const may = (action: string) => me?.actions.some((one) => one === action) ?? false;
  const has = (kind: string) => grant.papers.some((one) => one.kind === kind && one.state !== 'cancelled');
  const isWaiting = grant.missing.includes('nda_missing') && !has('P-08');
  const isRunning = grant.state === 'active' || grant.state === 'expired';
  return (
    <section>
      <Title order={2}>{t('title')}</Title>
      {grant.papers.length === 0 && <Text size="sm" c="dimmed">{t('none')}</Text>}
      {grant.papers.map((paper) => <PaperLine key={paper.id} paper={paper} />)}
      <Group mt="sm" align="start">
        {isWaiting && may('record_agreement') && <PrintButton wanted={{ of: 'agreement', grant_id: grant.id }} word="agreement" />}
        {grant.activated_us !== null && !has('P-09') && may('issue_document') && <PrintButton wanted={{ of: 'authority', grant_id: grant.id }} word="authority" />}
        {isRunning && may('enter_renewal') && <PrintButton wanted={{ of: 'application', grant_id: grant.id, wish: 'renew' }} word="renew" />}
        {grant.state === 'active' && may('enter_renewal') && <PrintButton wanted={{ of: 'application', grant_id: grant.id, wish: 'end' }} word="end" />}
      </Group>
    </section>
  );
}
