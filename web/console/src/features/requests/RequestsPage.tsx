/** `/requests`: the work list of footage requests, the first that is due on top. */
import { Button, Checkbox, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type RequestCounts, type RequestRow, useRequests } from '@/api/footage';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { MoreRows, NotYourDuty, NothingFound, NothingYet } from '@/ui/ListState';
import { SearchField } from '@/ui/SearchField';
import { PaperTable } from '@/ui/PaperTable';
import { duration } from '@/time/timeWords';
import { IconPlus } from '@/theme/icons';
import { useServerTime } from '@/time/useServerTime';
import { DueMark } from './DueMark';
import { maySeeRequests } from '@/state/duty';
import { RequestState } from './RequestState';
import { type RequestsSearch, SHOWN, validateRequestsSearch, wantedOf } from './search';
import { Tabs } from '@/ui/Tabs';
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
  const list = useRequests(wantedOf(search, me?.id));
  const now_us = useServerTime((at_us) => Math.floor(at_us / MINUTE_US) * MINUTE_US);
  if (list.error && !list.data) return <PageFailure error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <PageLoading />;
  const { show = 'open', officer, search: words } = search;
  const rows = list.data.pages.flatMap((one) => one.requests);
  const counts: RequestCounts | undefined = list.data.pages[0]?.counts;
  const isEmpty = counts?.all === 0 && !words && officer === undefined;
  const put = (next: Record<keyof RequestsSearch, unknown>) => void navigate({ search: validateRequestsSearch(next), replace: true });

  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {me?.actions.includes('register_request') && <Button component={Link} to="/requests/new" leftSection={<IconPlus size={16} />}>{t('new')}</Button>}
      </Group>
      <Group my="md" align="end">
        <SegmentedControl className={classes['filters'] ?? ''} aria-label={t('show.label')} value={show} onChange={(value) => put({ show: value, officer, search: words })}
          data={SHOWN.map((value) => ({ value, label: `${t(`show.${value}`)} (${counts?.[value] ?? 0})` }))} />
        <SearchField label={t('find')} value={words ?? ''} onSearch={(text) => put({ show, officer, search: text })} />
        {me?.actions.includes('export_footage') && (
          <Checkbox label={t('mine')} checked={officer === 'me'} pb={8} onChange={(event) => put({ show, officer: event.currentTarget.checked ? 'me' : undefined, search: words })} />
        )}
      </Group>
      {rows.length > 0 && (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>
          {rows.map((request) => <Line key={request.id} request={request} now_us={now_us} />)}
        </PaperTable>
      )}
      <MoreRows list={list} text={t('more')} />
      {rows.length === 0 && (isEmpty ? <NothingYet text={t('none')} /> : <NothingFound onClear={() => void navigate({ search: { show: 'all' }, replace: true })} />)}
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
