/** `/holds/$id`: one hold: how long it keeps what, on what it stands, how it goes on or ends. */
import { Alert, Group, Table, Text, Title } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type HoldDetail, useHold } from '@/api/holds';
import { isAbsent } from '@/api/problem';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { NothingYet } from '@/ui/ListState';
import { DaysLeft } from '@/ui/DaysLeft';
import { Facts } from '@/ui/Facts';
import { paperDay } from '@/time/paper-day';
import { PaperTable } from '@/ui/PaperTable';
import { moment } from '@/time/timeWords';
import { Custody } from '@/features/requests/Custody';
import { cameraName } from '@/ui/camera-names';
import classes from '@/features/requests/requests.module.css';
import { dayAndTime, zoneStore } from '@/time/format';
import { useServerTime } from '@/time/useServerTime';
import { HoldActions } from './HoldActions';
import { HoldPapers } from './HoldPapers';
import { HoldState } from './HoldState';
import { daysLeft } from './left';

export function HoldPage() {
  const { t } = useTranslation('holds');
  const { id } = useParams({ from: '/signed-in/shell/holds/$id' });
  const hold = useHold(id);
  if (isAbsent(hold.error)) return <div className={classes['page']}><NothingYet text={t('absent')}><Link to="/holds">{t('title')}</Link></NothingYet></div>;
  if (hold.error && !hold.data) return <PageFailure error={hold.error} onRetry={() => void hold.refetch()} />;
  return hold.data ? <Case hold={hold.data} /> : <PageLoading />;
}

type Row = [string, ReactNode];

function Case({ hold }: { hold: HoldDetail }) {
  const { t, i18n } = useTranslation('holds');
  const zone = zoneStore.get();
  const left = useServerTime((now_us) => daysLeft(hold, now_us, zone));
  const tr = (text: string) => <span lang="tr">{text || '—'}</span>;
  const isAsked = hold.basis === 'unwritten_request';
  return (
    <div className={classes['page']}>
      <Text component={Link} to="/holds" size="sm" className={classes['link']}>{t('title')}</Text>
      <Group justify="space-between" align="start">
        <div>
          <Title order={1}>{t('hold_no', { number: hold.number })}</Title>
          <Text c="dimmed" lang="tr">{t(`basis.${hold.basis}`)} · {hold.institution || hold.incident}</Text>
        </div>
        <HoldState hold={hold} />
      </Group>
      {hold.ended_us === null && <DaysLeft days={left} until_us={hold.ends_us} />}
      {hold.state === 'open' && <Alert color="yellow" mt="sm">{t('unsigned')}</Alert>}
      {hold.locks.pending.length > 0 && <Alert color="yellow" mt="sm" role="status">{t('pending', { where: hold.locks.pending.join(', ') })}</Alert>}
      {hold.ended_us !== null && <Alert color="gray" mt="sm">{t('ended', { why: hold.state === 'released' ? hold.ended_why : t(`ended_by.${hold.state}`) })}</Alert>}
      <HoldActions hold={hold} />
      <div className={classes['case']}>
        <section>
          <Title order={2}>{t('facts')}</Title>
          <Facts
            rows={[
              ...(isAsked
                ? ([[t('field.institution'), tr(hold.institution)], [t('field.contact'), tr(hold.contact)], [t('field.asked_how'), tr(hold.asked_how)]] as Row[])
                : ([[t('field.incident'), tr(hold.incident)], [t('field.place'), tr(hold.place)], [t('field.incident_at'), hold.incident_us === null ? '—' : moment(hold.incident_us, i18n.language, zone)]] as Row[])),
              [t('field.reason'), tr(hold.reason)],
              [t('field.placed'), `${dayAndTime(hold.starts_us, i18n.language)} · ${hold.placed_by}`],
              [t('field.signed'), hold.signed_us === null ? '—' : `${dayAndTime(hold.signed_us, i18n.language)} · ${hold.signed_by}`],
              ...(hold.decision_no ? [[t('field.decision'), <Decision key="decision" hold={hold} />] as Row] : []),
              ...(hold.extends_id ? [[t('field.extends'), <Link key="extends" to="/holds/$id" params={{ id: hold.extends_id }} className={classes['link']}>{t('hold_no', { number: hold.extends_number })}</Link>] as Row] : []),
              ...(hold.extended_by.length > 0 ? [[t('field.extended_by'), hold.extended_by.join(', ')] as Row] : []),
              ...(hold.requests.length > 0 ? [[t('field.requests'), <span key="requests" className={classes['links']}>{hold.requests.map(({ id, number }) => <Link key={id} to="/requests/$id" params={{ id }} className={classes['link']}>{t('request_no', { number })}</Link>)}</span>] as Row] : []),
            ]}
          />
        </section>
        <Custody events={hold.events} />
      </div>
      <HoldPapers hold={hold} />
      <Items hold={hold} />
    </div>
  );
}

/** By what it was released: the way to the letter, where it is in the register. */
function Decision({ hold: { decision_no, decision_on, decision_letter_id } }: { hold: HoldDetail }) {
  const { i18n } = useTranslation('holds');
  const words = `${decision_no} · ${paperDay(decision_on, i18n.language)}`;
  return decision_letter_id === null ? words : <Link to="/letters" search={{ open: decision_letter_id }} className={classes['link']}>{words}</Link>;
}

function Items({ hold }: { hold: HoldDetail }) {
  const { t, i18n } = useTranslation('holds');
  const time = (at_us: number) => moment(at_us, i18n.language, zoneStore.get());
  return (
    <section>
      <Title order={2} mb="xs">{t('kept')}</Title>
      <PaperTable label={t('kept')} head={(['camera', 'from', 'until', 'covered', 'gaps'] as const).map((name) => t(`column.${name}`))}>
        {hold.items.map((one) => (
          <Table.Tr key={`${one.camera_id}/${one.start_us}`}>
            <Table.Td data-label={t('column.camera')} lang="tr">{cameraName({ number: one.camera_number, name: one.camera_name })}</Table.Td>
            <Table.Td data-label={t('column.from')}>{time(one.start_us)}</Table.Td>
            <Table.Td data-label={t('column.until')}>{time(one.end_us)}</Table.Td>
            <Table.Td data-label={t('column.covered')}>{t('percent', { percent: Math.floor((one.covered_us / (one.end_us - one.start_us)) * 100) })}</Table.Td>
            <Table.Td data-label={t('column.gaps')}>{one.missing_in_all}</Table.Td>
          </Table.Tr>
        ))}
      </PaperTable>
    </section>
  );
}
