/** `/letters`: the register of incoming letters, newest first: what each still lacks, what was asked for by it. */
import { Button, Group, SegmentedControl, Table, Title } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLetters } from '@/api/footage';
import type { Letter } from '@/api/letters';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/app/PageState';
import { NotYourDuty, NothingFound, NothingYet } from '@/features/admin/ListState';
import { SearchField } from '@/features/admin/SearchField';
import { paperDay } from '@/features/grants/paper-day';
import { PaperTable } from '@/features/grants/PaperTable';
import { may, maySeeRequests } from '@/features/requests/duty';
import classes from '@/features/requests/requests.module.css';
import { Tabs } from '@/features/requests/Tabs';
import { IconPlus } from '@/theme/icons';
import { dayAndTime } from '@/time/format';
import { shownLetters } from './filters';
import { LetterPanel } from './LetterPanel';
import { NewLetter } from './NewLetter';
import { type LettersSearch, SHOWN, validateLettersSearch } from './search';

const COLUMNS = ['number', 'letter', 'sender', 'served', 'subject', 'file', 'requests'] as const;

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
  const found = useLetters();
  const first = useFirstFocus(found.data !== undefined);
  if (found.error && !found.data) return <PageFailure error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageLoading />;
  const all = found.data;
  const { show = 'all', open } = search;
  const rows = shownLetters(all, search);
  const mayEnter = may(me, 'register_letter');
  const put = (next: LettersSearch) => void navigate({ search: next, replace: true });
  const list = validateLettersSearch({ ...search, open: undefined });
  const close = () => put(list);
  const opened = all.find((one) => one.id === open);
  return (
    <div className={classes['page']}>
      <Tabs />
      <Group justify="space-between">
        <Title order={1}>{t('title')}</Title>
        {mayEnter && <Button ref={first} leftSection={<IconPlus size={16} />} onClick={() => put({ ...list, open: 'new' })}>{t('new')}</Button>}
      </Group>
      <Group my="md" align="end">
        <SegmentedControl className={classes['filters'] ?? ''} aria-label={t('show.label')} value={show} onChange={(value) => put({ ...list, show: value })}
          data={SHOWN.map((value) => ({ value, label: `${t(`show.${value}`)} (${shownLetters(all, { ...list, show: value }).length})` }))} />
        <SearchField label={t('find')} value={search.search ?? ''} onSearch={(text) => put({ ...list, search: text })} />
      </Group>
      {rows.length > 0 && (
        <PaperTable label={t('title')} head={COLUMNS.map((name) => t(`column.${name}`))}>
          {rows.map((one) => <Row key={one.id} letter={one} onOpen={() => put({ ...list, open: one.id })} />)}
        </PaperTable>
      )}
      {rows.length === 0 && (all.length === 0 ? <NothingYet text={t('none')} /> : <NothingFound onClear={() => put({ show: 'all' })} />)}
      {mayEnter && open === 'new' && <NewLetter others={all} onSaved={(id) => put({ ...list, open: id })} onClose={close} />}
      {opened && <LetterPanel key={opened.id} letter={opened} others={all} onClose={close} />}
    </div>
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
        <small data-tone={letter.is_ebys_pending ? 'warning' : 'quiet'}>{letter.is_ebys_pending ? <><span aria-hidden="true">◆</span> {requests('ebys_pending')}</> : t('ebys', { no: letter.ebys_no })}</small>
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
