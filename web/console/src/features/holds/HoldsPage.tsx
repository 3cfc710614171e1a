/** `/holds`: what is kept without being given out, by the days that are left; what guards asked to be kept. */
import { Button, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Hold, useHolds } from '@/api/holds';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/app/PageState';
import { NotYourDuty, NothingFound, NothingYet } from '@/features/admin/ListState';
import { SearchField } from '@/features/admin/SearchField';
import { DaysLeft } from '@/features/grants/DaysLeft';
import { PaperTable } from '@/features/grants/PaperTable';
import { may, maySeeRequests } from '@/features/requests/duty';
import classes from '@/features/requests/requests.module.css';
import { Tabs } from '@/features/requests/Tabs';
import { fold } from '@/state/fold';
import { IconPlus } from '@/theme/icons';
import { zoneStore } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { AskList } from './AskList';
import { HoldState } from './HoldState';
import { daysLeft } from './left';
import { type HoldsSearch, SHOWN } from './search';

const COLUMNS = ['left', 'no', 'basis', 'reason', 'covered', 'state'] as const;
const FITS: Record<(typeof SHOWN)[number], (hold: Hold) => boolean> = {
  in_force: (hold) => hold.ended_us === null,
  unsigned: (hold) => hold.state === 'open',
  ended: (hold) => hold.ended_us !== null,
  all: () => true,
};

export function HoldsPage() {
  const { t } = useTranslation('holds');
  const me = useMe();
  if (me && !maySeeRequests(me)) return <div className={classes['page']}><NotYourDuty whose={t('duty')} /></div>;
  return <List />;
}

function List() {
  const { t } = useTranslation('holds');
  const me = useMe();
  const { show = 'in_force', search = '' }: HoldsSearch = useSearch({ from: '/signed-in/shell/holds' });
  const navigate = useNavigate({ from: '/holds' });
  const holds = useHolds();
  if (holds.error && !holds.data) return <PageFailure error={holds.error} onRetry={() => void holds.refetch()} />;
  if (!holds.data) return <PageLoading />;
  const all = holds.data;
  const says = ({ number, institution, incident, reason, place }: Hold) => fold([number, institution, incident, reason, place].join(' ')).includes(fold(search));
  const rows = all.filter((one) => FITS[show](one) && says(one));
  const set = (more: HoldsSearch) => void navigate({ search: { show, search, ...more }, replace: true });
  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {may(me, 'place_hold') && <Button component={Link} to="/holds/new" leftSection={<IconPlus size={16} />}>{t('new')}</Button>}
      </Group>
      {may(me, 'place_hold') && <AskList />}
      <Group my="md" align="end">
        <SegmentedControl className={classes['filters'] ?? ''} aria-label={t('show.label')} value={show} onChange={(value) => set({ show: value })}
          data={SHOWN.map((value) => ({ value, label: `${t(`show.${value}`)} (${all.filter(FITS[value]).length})` }))} />
        <SearchField label={t('find')} value={search} onSearch={(text) => set({ search: text })} />
      </Group>
      {rows.length > 0 && (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>{rows.map((hold) => <Row key={hold.id} hold={hold} />)}</PaperTable>
      )}
      {rows.length === 0 && (all.length === 0 ? <NothingYet text={t('none')} /> : <NothingFound onClear={() => set({ show: 'all', search: '' })} />)}
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
