/** `/letters`: the register of incoming letters, newest first: what each still lacks, what was asked for by it. */
import { Button, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Letter, type LetterCounts, useLetter, useLetters } from '@/api/letters';
import { isAbsent } from '@/api/problem';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { MoreRows, NotYourDuty, NothingFound, NothingYet } from '@/ui/ListState';
import { Panel } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { paperDay } from '@/time/paper-day';
import { PaperTable } from '@/ui/PaperTable';
import { may, maySeeRequests } from '@/state/duty';
import classes from '@/features/requests/requests.module.css';
import { Tabs } from '@/ui/Tabs';
import { IconPlus } from '@/theme/icons';
import { dayAndTime } from '@/time/format';
import { LetterTaskState } from './LetterDue';
import { LetterPanel } from './LetterPanel';
import { NewLetter } from './NewLetter';
import { type LettersSearch, SHOWN, validateLettersSearch, wantedOf } from './search';

const COLUMNS = ['number', 'letter', 'sender', 'served', 'subject', 'file', 'task', 'requests'] as const;

export function LettersPage() {
  const { t } = useTranslation('letters');
  const me = useMe();
  if (me && !maySeeRequests(me)) return <div className={classes['page']}><NotYourDuty whose={t('duty')} /></div>;
  return <Register />;
}

function Register() {
  const { t } = useTranslation('letters');
  const me = useMe();
  const search: LettersSearch = useSearch({ from: '/signed-in/shell/letters' });
  const navigate = useNavigate({ from: '/letters' });
  const list = useLetters(wantedOf(search));
  const first = useFirstFocus(list.data !== undefined);
  if (list.error && !list.data) return <PageFailure error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <PageLoading />;
  const { show = 'all', open } = search;
  const rows = list.data.pages.flatMap((one) => one.letters);
  const counts: LetterCounts | undefined = list.data.pages[0]?.counts;
  const isNarrow = Object.keys(wantedOf(search)).length > 0;
  const mayEnter = may(me, 'register_letter');
  const put = (next: LettersSearch) => void navigate({ search: next, replace: true });
  const rest = validateLettersSearch({ ...search, open: undefined });
  const close = () => put(rest);
  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {mayEnter && <Button ref={first} leftSection={<IconPlus size={16} />} onClick={() => put({ ...rest, open: 'new' })}>{t('new')}</Button>}
      </Group>
      <Group my="md" align="end">
        <SegmentedControl className={classes['filters'] ?? ''} aria-label={t('show.label')} value={show} onChange={(value) => put({ ...rest, show: value })}
          data={SHOWN.map((value) => ({ value, label: `${t(`show.${value}`)} (${counts?.[value] ?? 0})` }))} />
        <SearchField label={t('find')} value={search.search ?? ''} onSearch={(text) => put(validateLettersSearch({ ...rest, search: text }))} />
      </Group>
      {rows.length > 0 && (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>
          {rows.map((one) => <Row key={one.id} letter={one} onOpen={() => put({ ...rest, open: one.id })} />)}
        </PaperTable>
      )}
      {rows.length === 0 && (isNarrow ? <NothingFound onClear={() => put({ show: 'all' })} /> : <NothingYet text={t('none')} />)}
      <MoreRows list={list} text={t('older')} />
      {mayEnter && open === 'new' && <NewLetter onSaved={(id) => put({ ...rest, open: id })} onClose={close} />}
      {open !== undefined && open !== 'new' && <OneLetter key={open} id={open} known={rows.find((one) => one.id === open)} onClose={close} />}
    </div>
  );
}

/** A letter that the address names may stand on a page that was not loaded. */
function OneLetter({ id, known, onClose }: { id: string; known: Letter | undefined; onClose: () => void }) {
  const { t } = useTranslation('letters');
  const { data: letter, error, refetch } = useLetter(id, known);
  if (letter) return <LetterPanel letter={letter} onClose={onClose} />;
  return (
    <Panel title={t('column.letter')} onClose={onClose}>
      {isAbsent(error) ? (
        <NothingYet text={t('absent')}><Button variant="default" size="xs" onClick={onClose}>{t('to_register')}</Button></NothingYet>
      ) : error ? <PageFailure error={error} onRetry={() => void refetch()} /> : <PageLoading />}
    </Panel>
  );
}

/** Who keeps the register begins with a new letter: the button has the focus when the page is opened, not later. */
function useFirstFocus(isThere: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isThere && document.activeElement === document.body) button.current?.focus();
  }, [isThere]);
  return button;
}

function Row({ letter, onOpen }: { letter: Letter; onOpen: () => void }) {
  const { t } = useTranslation('letters');
  const { t: requests, i18n } = useTranslation('requests');
  const { number, file } = letter;
  return (
    <Table.Tr>
      <Table.Td data-label={t('column.number')}>
        <button type="button" className={classes['open']} aria-label={t('letter_no', { number })} onClick={onOpen}>{number}</button>
      </Table.Td>
      <Table.Td data-label={t('column.letter')}>
        {letter.no}
        <small>{paperDay(letter.on, i18n.language)}</small>
        <EbysMark letter={letter} />
      </Table.Td>
      <Table.Td data-label={t('column.sender')}>
        <span lang="tr">{letter.sender_name}</span>
        <small>{t(`sender.${letter.sender}`)}</small>
      </Table.Td>
      <Table.Td data-label={t('column.served')}>
        {dayAndTime(letter.served_us, i18n.language)}
        <small>{requests(`channel.${letter.channel}`)}</small>
      </Table.Td>
      <Table.Td data-label={t('column.subject')} lang="tr">{letter.subject}</Table.Td>
      <Table.Td data-label={t('column.file')}>
        <span className={classes['state']} data-tone={file ? 'quiet' : 'warning'}><span aria-hidden="true">{file ? '✓' : '◌'}</span> {file ? requests(`signature.${file.signature_kind}`) : requests('scan.none')}</span>
      </Table.Td>
      <Table.Td data-label={t('column.task')}>
        {letter.assignee_name ? <><span lang="tr">{letter.assignee_name}</span><LetterTaskState letter={letter} /></> : '—'}
      </Table.Td>
      <Table.Td data-label={t('column.requests')}>
        {letter.requests.map(({ id, number: no, state }) => (
          <span key={id} className={classes['state']}>
            <Link to="/requests/$id" params={{ id }} className={classes['link']} aria-label={requests('request_no', { number: no })}>{no}</Link>
            <small>{requests(`state.${state}`)}</small>
          </span>
        ))}
        {letter.requests.length === 0 && '—'}
      </Table.Td>
    </Table.Tr>
  );
}

/** Its number; what is still to come or contradicts EBYS is marked. */
function EbysMark({ letter: { ebys_no, is_ebys_pending, ebys } }: { letter: Letter }) {
  const { t } = useTranslation('letters');
  const { t: requests } = useTranslation('requests');
  const isMarked = is_ebys_pending || (ebys !== null && ebys.problem !== '');
  return (
    <small data-tone={isMarked ? 'warning' : 'quiet'}>
      {isMarked && <span aria-hidden="true">◆ </span>}
      {is_ebys_pending ? requests('ebys_pending') : t('ebys', { no: ebys_no })}
      {ebys && ebys.problem !== '' && ` · ${t(ebys.problem === 'differs' ? 'ebys_differs' : 'ebys_problem')}`}
    </small>
  );
}
