/** `/audit`: who saw what, who changed what, what was refused; and whether the log is still what was written. */
import { Button, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditNames, csvAddress, useAuditNames, useEntries, useViewings } from '@/api/audit';
import { useMe } from '@/api/session';
import { PageFailure, PageLoading } from '@/ui/PageState';
import admin from '@/ui/pages.module.css';
import { NotYourDuty } from '@/ui/ListState';
import { zoneStore } from '@/time/format';
import classes from './audit.module.css';
import { ChainState } from './ChainState';
import { EntryPanel } from './EntryPanel';
import { EntryTable } from './EntryTable';
import { Filters } from './Filters';
import { ListEnd } from './ListEnd';
import { GROUPS } from './acts';
import { type AuditSearch, isNarrowed, wantedOf } from './search';
import { ViewingTable } from './ViewingTable';

export function AuditPage() {
  const { t } = useTranslation('audit');
  const me = useMe();
  const mayRead = me?.actions.includes('read_audit') ?? false;
  const names = useAuditNames(mayRead);
  if (me && !mayRead) {
    return (
      <div className={classes['page']}>
        <Title order={1} mb="md">{t('title')}</Title>
        <NotYourDuty whose={t('duty')} />
      </div>
    );
  }
  if (names.error && !names.data) return <PageFailure error={names.error} onRetry={() => void names.refetch()} />;
  return names.data ? <Log names={names.data} /> : <PageLoading />;
}

function Log({ names }: { names: AuditNames }) {
  const { t } = useTranslation('audit');
  const search = useSearch({ from: '/signed-in/shell/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const [camera, person] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const isViewings = search.show === 'viewings';
  const wanted = wantedOf(search, zoneStore.get());
  const entries = useEntries(wanted, !isViewings);
  const viewings = useViewings(wanted, isViewings);
  const list = isViewings ? viewings : entries;
  const change = (more: Partial<Record<keyof AuditSearch, unknown>>) =>
    void navigate({ search: (before) => known({ ...before, open: undefined, ...more }), replace: true });
  const clear = () => void navigate({ search: search.show ? { show: search.show } : {}, replace: true });
  const open = (number: number) => change({ open: number });
  const ask = (about: typeof camera) => {
    change({ show: 'viewings' });
    about.current?.focus();
  };
  const exported = isViewings ? { ...wanted, act: [...GROUPS.watching] } : wanted;
  const shown = isViewings ? (viewings.data?.pages.flatMap((page) => page.viewings) ?? []) : (entries.data?.pages.flatMap((page) => page.entries) ?? []);

  return (
    <div className={classes['page']}>
      <div className={admin['head']}>
        <Title order={1}>{t('title')}</Title>
        <Group gap="xs">
          <Button variant="default" onClick={() => void list.refetch()} loading={list.isRefetching}>{t('refresh')}</Button>
          <Button variant="default" component="a" href={csvAddress(exported)} download="audit.csv">{t('csv')}</Button>
        </Group>
      </div>
      <ChainState />
      <Group gap="xs" mb="md" align="center">
        <Text size="sm" c="dimmed" id="audit-questions">{t('questions')}</Text>
        <Button size="xs" variant="default" onClick={() => ask(camera)}>{t('who_watched')}</Button>
        <Button size="xs" variant="default" onClick={() => ask(person)}>{t('what_seen')}</Button>
      </Group>
      <SegmentedControl mb="md" aria-label={t('show.label')} value={isViewings ? 'viewings' : 'entries'}
        data={(['entries', 'viewings'] as const).map((value) => ({ value, label: t(`show.${value}`) }))}
        onChange={(value) => change({ show: value === 'viewings' ? value : undefined })} />
      <Filters search={search} names={names} change={change} camera={camera} person={person} />
      <ListEnd list={list} shown={shown.length} isNarrowed={isNarrowed(search)} onClear={clear}>
        {isViewings ? (
          <ViewingTable rows={viewings.data?.pages.flatMap((page) => page.viewings) ?? []} onOpen={open} />
        ) : (
          <EntryTable rows={entries.data?.pages.flatMap((page) => page.entries) ?? []} onOpen={open} />
        )}
      </ListEnd>
      {search.open !== undefined && (
        <EntryPanel key={search.open} number={search.open} names={names} onClose={() => change({})} onNarrow={(more) => change({ show: undefined, ...more })} />
      )}
    </div>
  );
}

/** Without what is undefined: the address says only what narrows. */
const known = (search: Partial<Record<keyof AuditSearch, unknown>>): AuditSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));
