/** `/agreements`: who signed the confidentiality agreement under which text; taking one back, another text. */
import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgreements } from '@/api/agreements';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { SearchField } from '@/ui/SearchField';
import classes from '@/ui/papers.module.css';
import { PaperTable } from '@/ui/PaperTable';
import { fold } from '@/state/fold';
import { AgreementLine } from './AgreementLine';
import { TextForm } from './TextForm';

const COLUMNS = ['person', 'signed', 'version', 'state', 'act'] as const;

export function AgreementsPage() {
  const { t } = useTranslation('agreements');
  const found = useAgreements();
  const mayRecord = useMe()?.actions.includes('record_agreement') ?? false;
  const [search, setSearch] = useState('');
  const [isNewText, setNewText] = useState(false);
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageLoading />;
  const { agreements, version } = found.data;
  const shown = agreements.filter((one) => fold(one.person_name).includes(fold(search)));
  return (
    <div className={classes['page']}>
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {mayRecord && <Button variant="default" onClick={() => setNewText(true)}>{t('text.new')}</Button>}
      </Group>
      <Text c="dimmed" mt="xs">{t('hint', { version })}</Text>
      {isNewText && <TextForm agreements={agreements} onDone={() => setNewText(false)} />}
      <Group my="md">
        <SearchField label={t('search')} value={search} onSearch={setSearch} />
      </Group>
      {shown.length === 0 ? (
        <Text c="dimmed">{t(agreements.length === 0 ? 'none' : 'hidden')}</Text>
      ) : (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>
          {shown.map((one) => <AgreementLine key={one.id} agreement={one} mayRecord={mayRecord} />)}
        </PaperTable>
      )}
    </div>
  );
}
