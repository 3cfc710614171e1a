/** `/shared-accounts`: accounts that are nobody's own; each is reviewed every six months or shows nothing. */
import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choices, type SharedAccount, useChoices, useSharedAccounts } from '@/api/authority';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { Facts } from '@/ui/Facts';
import { paperDay } from '@/time/paper-day';
import { StateMark } from '@/ui/StateMark';
import classes from '@/ui/papers.module.css';
import { PaperLine } from '@/features/papers/PaperLine';
import { PrintButton } from '@/features/papers/PrintButton';
import { dayOf } from '@/time/format';
import { ReviewForm } from './ReviewForm';

export function SharedAccountsPage() {
  const { t } = useTranslation('authority');
  const accounts = useSharedAccounts();
  const choices = useChoices();
  const failed = accounts.data ? (choices.data ? null : choices) : accounts;
  if (failed?.error) return <PageFailure error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!accounts.data || !choices.data) return <PageLoading />;
  const found = choices.data;
  return (
    <div className={classes['page']}>
      <Title order={1}>{t('shared.title')}</Title>
      <Text c="dimmed">{t('article.review')}</Text>
      {accounts.data.length === 0 && <Alert color="gray" mt="md">{t('shared.none')}</Alert>}
      {accounts.data.map((one) => <Account key={one.account_id} account={one} choices={found} />)}
    </div>
  );
}

function Account({ account, choices }: { account: SharedAccount; choices: Choices }) {
  const { t, i18n } = useTranslation('authority');
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const last = account.reviews[0];
  return (
    <section>
      <Title order={2} lang="tr">{account.display_name}</Title>
      <Stack gap="xs">
        <StateMark state={account.state} />
        <Facts
          rows={[
            [t('shared.account'), account.account_name],
            [t('shared.responsible'), account.responsible_name || '—'],
            [t('shared.due'), paperDay(account.due_on, i18n.language)],
            [t('shared.last'), last ? `${dayOf(last.reviewed_us, i18n.language)} · ${last.reviewer} · ${t(`decision.${last.decision}`)}` : '—'],
            [t('scope.cameras'), t('camera_count', { count: last?.camera_ids.length ?? 0 })],
            [t('field.open_views'), t('open_views', { count: account.open_views })],
          ]}
        />
        {last?.paper && <PaperLine paper={last.paper} />}
        {last && (!last.paper || last.paper.state === 'cancelled') && me?.actions.includes('review_shared_account') && (
          <PrintButton wanted={{ of: 'review', account_id: account.account_id, number: last.number }} word="review" whose={account.account_name} />
        )}
        {account.state === 'overdue' && <Alert color="red">{t('shared.overdue')}</Alert>}
        {me?.actions.includes('review_shared_account') && account.state !== 'closed' && !isOpen && (
          <div><Button onClick={() => setOpen(true)}>{t('shared.review')}</Button></div>
        )}
        {isOpen && <ReviewForm account={account} choices={choices} onDone={() => setOpen(false)} />}
      </Stack>
    </section>
  );
}
