/** `/statistics`: what became of the requests of a period: by who asked, by month, how long it took, what is late now. */
import { Alert, Button, Group, Table, Text, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Counts, type FootageStatistics, OUTCOMES, statisticsCsv, useFootageStatistics } from '@/api/footage-statistics';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NotYourDuty, NothingYet } from '@/ui/ListState';
import { PaperTable } from '@/ui/PaperTable';
import { duration } from '@/time/timeWords';
import { may } from '@/state/duty';
import classes from '@/features/requests/requests.module.css';
import { Tabs } from '@/ui/Tabs';
import { dayAndTime, zoneStore } from '@/time/format';
import { localDay } from '@/time/local-time';
import { serverClock } from '@/time/server-clock';
import { DateField } from '@/time/DateField';
import { periodOf, type StatisticsSearch } from './period';

export function StatisticsPage() {
  const { t } = useTranslation('statistics');
  const me = useMe();
  if (me && !may(me, 'see_reports')) return <div className={classes['page']}><NotYourDuty whose={t('duty')} /></div>;
  return <Report />;
}

function Report() {
  const { t } = useTranslation('statistics');
  const search: StatisticsSearch = useSearch({ from: '/signed-in/shell/statistics' });
  const navigate = useNavigate({ from: '/statistics' });
  const { period, from, until } = periodOf(search, localDay(serverClock.now_us(), zoneStore.get()));
  const found = useFootageStatistics(period);
  const put = (more: StatisticsSearch) => void navigate({ search: { from, until, ...more }, replace: true });
  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {period && <Button component="a" variant="default" href={statisticsCsv(period)} download="footage-statistics.csv">{t('csv')}</Button>}
      </Group>
      <Text c="dimmed" size="sm">{t('says')}</Text>
      <Group my="md" align="start">
        <DateField label={t('from')} value={from} onChange={(day) => day && put({ from: day })} />
        <DateField label={t('until')} value={until} error={period ? null : t('wrong_order')} onChange={(day) => day && put({ until: day })} />
      </Group>
      {found.error && <PageFailure error={found.error} onRetry={() => void found.refetch()} />}
      {period && !found.data && !found.error && <PageLoading />}
      {period && found.data && (found.data.all.total === 0 ? <NothingYet text={t('none')} /> : <Tables found={found.data} />)}
    </div>
  );
}

function Tables({ found }: { found: FootageStatistics }) {
  const { t, i18n } = useTranslation('statistics');
  const { t: requests } = useTranslation('requests');
  const month = (key: string) => new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'tr-TR', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${key}-15T12:00:00Z`));
  return (
    <>
      <section>
        <Title order={2} mb="xs">{t('by_kind')}</Title>
        <CountsTable label={t('by_kind')} first={t('kind')} rows={found.by_kind} all={found.all} name={(key) => (key === 'internal' ? requests('internal') : requests(`kind.${key}`))} />
      </section>
      <section>
        <Title order={2} mb="xs">{t('by_month')}</Title>
        <CountsTable label={t('by_month')} first={t('month')} rows={found.by_month} all={found.all} name={month} />
      </section>
      <section>
        <Title order={2} mb="xs">{t('overdue')}</Title>
        {found.overdue.length === 0 && <Text size="sm">{t('none_overdue')}</Text>}
        {found.overdue.length > 0 && <Overdue rows={found.overdue} />}
      </section>
    </>
  );
}

type TableProps = { label: string; first: string; rows: readonly Counts[]; all: Counts; name: (key: string) => string };

function CountsTable({ label, first, rows, all, name }: TableProps) {
  const { t, i18n } = useTranslation('statistics');
  const asked = rows.filter((one) => one.total > 0); // who asked for nothing is no line
  const time = (us: number | null) => (us === null ? '—' : duration(us, i18n.language));
  const row = (one: Counts, words: string) => (
    <Table.Tr key={one.key} data-total={one === all}>
      <Table.Th scope="row" data-label={first}>{words}</Table.Th>
      {OUTCOMES.map((outcome) => <Table.Td key={outcome} data-label={t(`outcome.${outcome}`)}>{one.by_outcome[outcome] ?? 0}</Table.Td>)}
      <Table.Td data-label={t('total')}>{one.total}</Table.Td>
      <Table.Td data-label={t('median')}>{time(one.median_us)}</Table.Td>
      <Table.Td data-label={t('worst')}>{time(one.worst_us)}</Table.Td>
    </Table.Tr>
  );
  return (
    <PaperTable label={label} head={[first, ...OUTCOMES.map((outcome) => t(`outcome.${outcome}`)), t('total'), t('median'), t('worst')]}>
      {asked.map((one) => row(one, name(one.key)))}
      {asked.length > 1 && row(all, t('all'))}
    </PaperTable>
  );
}

function Overdue({ rows }: { rows: FootageStatistics['overdue'] }) {
  const { i18n } = useTranslation('statistics');
  const { t } = useTranslation('requests');
  const me = useMe();
  return (
    <Alert color="yellow">
      <ul className={classes['plain']}>
        {rows.map(({ id, number, state, due_hard_us }) => (
          <li key={id}>
            <span aria-hidden="true">▲ </span>
            {may(me, 'see_requests') ? <Link to="/requests/$id" params={{ id }} className={classes['link']}>{t('request_no', { number })}</Link> : t('request_no', { number })} · {t(`state.${state}`)} · {dayAndTime(due_hard_us, i18n.language)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
