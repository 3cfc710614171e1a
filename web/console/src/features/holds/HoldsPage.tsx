/** `/holds`: what is kept without being given out, by the days that are left; what guards asked to be kept. */
import { Button, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Hold, useHolds } from '@/api/holds';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { MoreRows, NotYourDuty, NothingFound, NothingYet } from '@/ui/ListState';
import { SearchField } from '@/ui/SearchField';
import { DaysLeft } from '@/ui/DaysLeft';
import { PaperTable } from '@/ui/PaperTable';
import { may, maySeeRequests } from '@/state/duty';
import classes from '@/features/requests/requests.module.css';
import { Tabs } from '@/ui/Tabs';
import { IconPlus } from '@/theme/icons';
import { zoneStore } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { AskList } from './AskList';
import { HoldState } from './HoldState';
import { daysLeft } from './left';
import { type HoldsSearch, SHOWN, validateHoldsSearch } from './search';

const COLUMNS = ['left', 'no', 'basis', 'reason', 'covered', 'state'] as const;

export function HoldsPage() {
  const { t } = useTranslation('holds');
  const me = useMe();
  if (me && !maySeeRequests(me)) return <div className={classes['page']}><NotYourDuty whose={t('duty')} /></div>;
  return <List />;
}

function List() {
  const { t } = useTranslation('holds');
  const me = useMe();
  const { show = 'in_force', search }: HoldsSearch = useSearch({ from: '/signed-in/shell/holds' });
  const navigate = useNavigate({ from: '/holds' });
  const list = useHolds({ show, ...(search ? { search } : {}) });
  if (list.error && !list.data) return <PageFailure error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <PageLoading />;
  const rows = list.data.pages.flatMap((one) => one.holds);
  const counts = list.data.pages[0]?.counts;
  const put = (next: Record<keyof HoldsSearch, unknown>) => void navigate({ search: validateHoldsSearch(next), replace: true });
  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {may(me, 'place_hold') && <Button component={Link} to="/holds/new" leftSection={<IconPlus size={16} />}>{t('new')}</Button>}
      </Group>
      {may(me, 'place_hold') && <AskList />}
      <Group my="md" align="end">
        <SegmentedControl className={classes['filters'] ?? ''} aria-label={t('show.label')} value={show} onChange={(value) => put({ show: value, search })}
          data={SHOWN.map((value) => ({ value, label: `${t(`show.${value}`)} (${counts?.[value] ?? 0})` }))} />
        <SearchField label={t('find')} value={search ?? ''} onSearch={(text) => put({ show, search: text })} />
      </Group>
      {rows.length > 0 && (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>{rows.map((hold) => <Row key={hold.id} hold={hold} />)}</PaperTable>
      )}
      <MoreRows list={list} text={t('more')} />
      {rows.length === 0 && (counts?.all === 0 && !search ? <NothingYet text={t('none')} /> : <NothingFound onClear={() => put({ show: 'all', search: '' })} />)}
    </div>
  );
}

function Row({ hold }: { hold: Hold }) {
  const { t } = useTranslation('holds');
  const zone = zoneStore.get();
  const left = useServerTime((now_us) => daysLeft(hold, now_us, zone));
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.left')}>{hold.ended_us === null ? <DaysLeft days={left} until_us={hold.ends_us} /> : '—'}</Table.Td>
      <Table.Td data-label={t('column.no')}>
        <Link to="/holds/$id" params={{ id: hold.id }} className={classes['name']} aria-label={t('hold_no', { number: hold.number })}>{hold.number}</Link>
      </Table.Td>
      <Table.Td data-label={t('column.basis')}>
        {t(`basis.${hold.basis}`)}
        <small lang="tr">{hold.institution || hold.incident}</small>
      </Table.Td>
      <Table.Td data-label={t('column.reason')} lang="tr">{hold.reason}</Table.Td>
      <Table.Td data-label={t('column.covered')}>
        {t('percent', { percent: hold.asked_us === 0 ? 0 : Math.floor((hold.covered_us / hold.asked_us) * 100) })}
        <small>{t('cameras', { count: hold.cameras })}</small>
      </Table.Td>
      <Table.Td data-label={t('column.state')}><HoldState hold={hold} /></Table.Td>
    </Table.Tr>
  );
}
