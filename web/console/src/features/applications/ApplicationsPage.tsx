/** `/applications`: citizens, companies, data subjects: answered within fifteen days, never with footage. */
import { Button, Group, SegmentedControl, Table, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Application, useApplications } from '@/api/applications';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { MoreRows, NotYourDuty, NothingFound, NothingYet } from '@/ui/ListState';
import { SearchField } from '@/ui/SearchField';
import { paperDay } from '@/time/paper-day';
import { PaperTable } from '@/ui/PaperTable';
import { may, maySeeRequests } from '@/state/duty';
import classes from '@/features/requests/requests.module.css';
import { Tabs } from '@/ui/Tabs';
import { IconPlus } from '@/theme/icons';
import { dayOf, lastDayOf } from '@/time/format';
import { AnswerForm } from './AnswerForm';
import { RegisterForm } from './RegisterForm';
import { type ApplicationsSearch, SHOWN, validateApplicationsSearch } from './search';
import { ServiceCard } from './ServiceCard';

const COLUMNS = ['due', 'no', 'applicant', 'channel', 'subject', 'state'] as const;

export function ApplicationsPage() {
  const { t } = useTranslation('applications');
  const me = useMe();
  if (me && !maySeeRequests(me)) return <div className={classes['page']}><NotYourDuty whose={t('duty')} /></div>;
  return <List />;
}

function List() {
  const { t } = useTranslation('applications');
  const me = useMe();
  const { show = 'open', search, open }: ApplicationsSearch = useSearch({ from: '/signed-in/shell/applications' });
  const navigate = useNavigate({ from: '/applications' });
  const list = useApplications({ show, ...(search ? { search } : {}) });
  if (list.error && !list.data) return <PageFailure error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <PageLoading />;
  const mayAct = may(me, 'register_letter');
  const rows = list.data.pages.flatMap((one) => one.applications);
  const counts = list.data.pages[0]?.counts;
  const put = (next: Partial<Record<keyof ApplicationsSearch, unknown>>) => void navigate({ search: validateApplicationsSearch({ show, search, ...next }), replace: true });
  const close = () => put({});
  const opened = rows.find((one) => one.id === open && one.answered_us === null);
  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {mayAct && <Button leftSection={<IconPlus size={16} />} aria-expanded={open === 'new'} onClick={() => put({ open: 'new' })}>{t('new')}</Button>}
      </Group>
      <Text c="dimmed" size="sm">{t('says')}</Text>
      <ServiceCard />
      {mayAct && open === 'new' && <RegisterForm onDone={close} />}
      {mayAct && opened && <AnswerForm key={opened.id} application={opened} onDone={close} />}
      <Group my="md" align="end">
        <SegmentedControl className={classes['filters'] ?? ''} aria-label={t('show.label')} value={show} onChange={(value) => put({ show: value })} data={SHOWN.map((value) => ({ value, label: `${t(`show.${value}`)} (${counts?.[value] ?? 0})` }))} />
        <SearchField label={t('find')} value={search ?? ''} onSearch={(text) => put({ search: text })} />
      </Group>
      {rows.length > 0 && (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>
          {rows.map((one) => <Row key={one.id} one={one} onAnswer={mayAct ? () => put({ open: one.id }) : null} />)}
        </PaperTable>
      )}
      <MoreRows list={list} text={t('more')} />
      {rows.length === 0 && (counts?.all === 0 && !search ? <NothingYet text={t('none')} /> : <NothingFound onClear={() => put({ show: 'all', search: '' })} />)}
    </div>
  );
}

function Row({ one, onAnswer }: { one: Application; onAnswer: (() => void) | null }) {
  const { t, i18n } = useTranslation('applications');
  const language = i18n.language;
  const isOpen = one.answered_us === null;
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.due')}>
        <span className={classes['due']} data-due={isOpen && one.is_overdue ? 'overdue' : 'later'}>
          <strong>{isOpen && one.is_overdue && <span aria-hidden="true">▲ </span>}{lastDayOf(one.due_us, language)}</strong>
          {isOpen && one.is_overdue && <small>{t('overdue')}</small>}
        </span>
      </Table.Td>
      <Table.Td data-label={t('column.no')}>{one.number}</Table.Td>
      <Table.Td data-label={t('column.applicant')}>
        <span lang="tr">{one.applicant}</span>
        <small>{t(`kind.${one.kind}`)}</small>
      </Table.Td>
      <Table.Td data-label={t('column.channel')}>
        {t(`channel.${one.channel}`)}
        <small>{[one.reference, dayOf(one.received_us, language)].filter((part) => part !== '').join(' · ')}</small>
      </Table.Td>
      <Table.Td data-label={t('column.subject')} lang="tr">{one.subject}</Table.Td>
      <Table.Td data-label={t('column.state')}>
        {isOpen && onAnswer && <Button size="xs" variant="default" aria-label={t('answer_named', { number: one.number })} onClick={onAnswer}>{t('answer')}</Button>}
        {isOpen && !onAnswer && t('waits')}
        {!isOpen && (
          <>
            <span aria-hidden="true">✓</span> {t('answered', { no: one.answer_no, day: paperDay(one.answer_on, language) })}
            <small lang="tr">{one.answer}</small>
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
