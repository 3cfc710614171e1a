/** `/requests`: the work list of footage requests, the first that is due on top. */
import { Button, Checkbox, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type RequestRow, useRequests } from '@/api/footage';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/app/PageState';
import { NotYourDuty, NothingFound, NothingYet } from '@/features/admin/ListState';
import { SearchField } from '@/features/admin/SearchField';
import { PaperTable } from '@/features/grants/PaperTable';
import { duration } from '@/features/playback/timeWords';
import { IconPlus } from '@/theme/icons';
import { zoneStore } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { DueMark } from './DueMark';
import { maySeeRequests } from './duty';
import { shownOf } from './filters';
import { RequestState } from './RequestState';
import { type RequestsSearch, SHOWN } from './search';
import { Tabs } from './Tabs';
import classes from './requests.module.css';

const COLUMNS = ['due', 'no', 'authority', 'subject', 'state', 'officer', 'waiting'] as const;
const MINUTE_US = 60_000_000;

export function RequestsPage() {
  const { t } = useTranslation('requests');
  const me = useMe();
  const isDuty = maySeeRequests(me);
  if (me && !isDuty) return <div className={classes['page']}><NotYourDuty whose={t('duty')} /></div>;
  return <List />;
}

function List() {
  const { t } = useTranslation('requests');
  const me = useMe();
  const search: RequestsSearch = useSearch({ from: '/signed-in/shell/requests' });
  const navigate = useNavigate({ from: '/requests' });
  const requests = useRequests();
  const now_us = useServerTime((at_us) => Math.floor(at_us / MINUTE_US) * MINUTE_US);
  if (requests.error && !requests.data) return <PageFailure error={requests.error} onRetry={() => void requests.refetch()} />;
  if (!requests.data) return <PageLoading />;
  const all = requests.data;
  const zone = zoneStore.get();
  const { show = 'open' } = search;
  const rows = shownOf(all, search, me?.id, now_us, zone);
  const set = (more: RequestsSearch) => void navigate({ search: (before) => ({ ...before, ...more }), replace: true });
  const label = (name: (typeof SHOWN)[number]) => `${t(`show.${name}`)} (${shownOf(all, { ...search, show: name }, me?.id, now_us, zone).length})`;

  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {me?.actions.includes('register_request') && <Button component={Link} to="/requests/new" leftSection={<IconPlus size={16} />}>{t('new')}</Button>}
      </Group>
      <Group my="md" align="end">
        <SegmentedControl className={classes['filters'] ?? ''} aria-label={t('show.label')} value={show} onChange={(value) => set({ show: value })} data={SHOWN.map((value) => ({ value, label: label(value) }))} />
        <SearchField label={t('find')} value={search.search ?? ''} onSearch={(text) => set({ search: text })} />
        {me?.actions.includes('export_footage') && (
          <Checkbox label={t('mine')} checked={search.officer === 'me'} pb={8}
            onChange={(event) => void navigate({ search: { show, search: search.search, ...(event.currentTarget.checked ? { officer: 'me' as const } : {}) }, replace: true })} />
        )}
      </Group>
      {rows.length > 0 && (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>
          {rows.map((request) => <Line key={request.id} request={request} now_us={now_us} />)}
        </PaperTable>
      )}
      {rows.length === 0 && (all.length === 0 ? <NothingYet text={t('none')} /> : <NothingFound onClear={() => void navigate({ search: { show: 'all' }, replace: true })} />)}
    </div>
  );
}

function Line({ request, now_us }: { request: RequestRow; now_us: number }) {
  const { t, i18n } = useTranslation('requests');
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.due')}><DueMark request={request} now_us={now_us} /></Table.Td>
      <Table.Td data-label={t('column.no')}>
        <Link to="/requests/$id" params={{ id: request.id }} className={classes['name']} aria-label={t('request_no', { number: request.number })}>{request.number}</Link>
      </Table.Td>
      <Table.Td data-label={t('column.authority')}>
        <span lang="tr">{request.sender_name}</span>
        <small>{request.authority_kind ? t(`kind.${request.authority_kind}`) : t('internal')} · <span lang="tr">{request.letter_no}</span></small>
      </Table.Td>
      <Table.Td data-label={t('column.subject')} lang="tr">{request.subject}</Table.Td>
      <Table.Td data-label={t('column.state')}><RequestState request={request} /></Table.Td>
      <Table.Td data-label={t('column.officer')} lang="tr">{request.officer_name || '—'}</Table.Td>
      <Table.Td data-label={t('column.waiting')}>{request.closed_us === null ? duration(Math.max(now_us - request.since_us, MINUTE_US), i18n.language) : '—'}</Table.Td>
    </Table.Tr>
  );
}
