/** `/me`: what may I see, on which paper, until when. */
import { Alert, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type MyPaper, useMyAuthority } from '@/api/authority';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { DaysLeft } from '@/ui/DaysLeft';
import { Facts } from '@/ui/Facts';
import { modesOf } from '@/features/grants/GrantsPage';
import { paperDay } from '@/time/paper-day';
import { StateMark } from '@/ui/StateMark';
import classes from '@/ui/papers.module.css';

const NOW = ['active', 'planned', 'suspended', 'awaiting_nda', 'awaiting_activation', 'overdue'];

export function MyAuthorityPage() {
  const { t, i18n } = useTranslation('authority');
  const mine = useMyAuthority();
  if (mine.error && !mine.data) return <PageFailure error={mine.error} onRetry={() => void mine.refetch()} />;
  if (!mine.data) return <PageLoading />;
  const [now, past] = [mine.data.papers.filter((one) => NOW.includes(one.state)), mine.data.papers.filter((one) => !NOW.includes(one.state))];
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('mine.title')}</Title>
      <Text c="dimmed">{t('mine.hint')}</Text>
      {now.length === 0 && <Alert color="gray" mt="md">{t('mine.none')}</Alert>}
      {now.map((paper) => <Paper key={`${paper.paper}${paper.words}${paper.until_us}`} paper={paper} />)}
      <section>
        <Text size="sm">{mine.data.agreement_on ? t('mine.agreement', { day: paperDay(mine.data.agreement_on, i18n.language) }) : t('missing.nda_missing')}</Text>
      </section>
      {past.length > 0 && (
        <section>
          <Title order={2}>{t('mine.past')}</Title>
          {past.map((paper) => <Paper key={`${paper.paper}${paper.words}${paper.until_us}`} paper={paper} />)}
        </section>
      )}
    </div>
  );
}

function Paper({ paper }: { paper: MyPaper }) {
  const { t } = useTranslation('authority');
  return (
    <section>
      <Title order={2} lang="tr">{paper.words || t(`paper.${paper.paper}`)}</Title>
      <Stack gap="xs">
        <StateMark state={paper.state} />
        <Facts
          rows={[
            [t('column.paper'), t(`paper.${paper.paper}`)],
            [t('column.sees'), t(modesOf(paper))],
            [t('scope.cameras'), <span key="cameras" lang="tr">{paper.cameras.join(', ') || '—'}</span>],
            [t('column.left'), <DaysLeft key="left" days={paper.days_left} until_us={paper.until_us} />],
          ]}
        />
        {paper.waits_for_password && <Alert color="yellow">{t('mine.password')}</Alert>}
        {paper.reminder !== null && !paper.waits_for_password && paper.paper === 'grant' && <Alert color="yellow">{t('mine.renewal')}</Alert>}
      </Stack>
    </section>
  );
}
