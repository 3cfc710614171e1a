/** `/work-orders`: who sees which camera for which work; what is over stays readable below. */
import { Button, Group, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useWorkOrders } from '@/api/work-orders';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NotYourDuty } from '@/ui/ListState';
import classes from '@/ui/papers.module.css';
import { PaperTable } from '@/ui/PaperTable';
import { IconPlus } from '@/theme/icons';
import { OrderForm } from './OrderForm';
import { OrderRow } from './OrderRow';

export function WorkOrdersPage() {
  const { t } = useTranslation('work-orders');
  const isDuty = useMe()?.actions.includes('open_work_order') ?? false;
  return (
    <div className={classes['page']}>
      {isDuty ? <Orders /> : <NotYourDuty whose={t('whose')} />}
    </div>
  );
}

const COLUMNS = ['no', 'technician', 'camera', 'purpose', 'time', 'act'] as const;

function Orders() {
  const { t } = useTranslation('work-orders');
  const found = useWorkOrders();
  const [isNew, setNew] = useState(false);
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageLoading />;
  const [running, over] = [found.data.filter((one) => one.is_open), found.data.filter((one) => !one.is_open)];
  const head = COLUMNS.map((name) => t(`column.${name}`));
  return (
    <>
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setNew(true)}>{t('new')}</Button>
      </Group>
      <Text c="dimmed">{t('hint')}</Text>
      {isNew && <OrderForm onDone={() => setNew(false)} />}
      <section>
        <Title order={2}>{t('running')}</Title>
        {running.length === 0 ? <Text c="dimmed">{t('none')}</Text> : <PaperTable label={t('running')} head={head}>{running.map((one) => <OrderRow key={one.id} order={one} />)}</PaperTable>}
      </section>
      {over.length > 0 && (
        <section>
          <Title order={2}>{t('over')}</Title>
          <PaperTable label={t('over')} head={head}>{over.map((one) => <OrderRow key={one.id} order={one} />)}</PaperTable>
        </section>
      )}
    </>
  );
}
