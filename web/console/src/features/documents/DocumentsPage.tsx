/** `/documents`: the register of printed papers: found by number, name, letter, camera or the code on the paper. */
import { Alert, Button, Group, Skeleton, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocuments } from '@/api/documents';
import { useMe } from '@/api/session';
import { useProblemWords } from '@/ui/problem-words';
import admin from '@/ui/pages.module.css';
import { NothingFound, NothingYet } from '@/ui/ListState';
import { mayFindDocuments } from './allowed';
import { DocumentPanel } from './DocumentPanel';
import { DocumentTable } from './DocumentTable';
import classes from './documents.module.css';
import { Filters } from './Filters';
import { type DocumentsSearch, isNarrowed, known, wantedOf } from './search';
import { useListKeys, useRowFocus } from './useListKeys';

export function DocumentsPage() {
  const { t } = useTranslation('documents');
  const me = useMe();
  const search: DocumentsSearch = useSearch({ from: '/signed-in/shell/documents' });
  const navigate = useNavigate({ from: '/documents' });
  const page = useRef<HTMLDivElement>(null);
  const list = useDocuments(wantedOf(search));
  useListKeys(page);
  useRowFocus(page, search.open);
  const change = (more: Partial<Record<keyof DocumentsSearch, unknown>>) =>
    void navigate({ search: (before) => known({ ...before, ...more }), replace: true });
  const rows = list.data?.pages.flatMap((one) => one.documents) ?? [];
  return (
    <div className={admin['page']} ref={page}>
      <div className={admin['head']}>
        <Title order={1}>{t('title')}</Title>
      </div>
      <p className={classes['hint']}>{t(me && !mayFindDocuments(me) ? 'own_hint' : 'hint')}</p>
      <Filters search={search} change={change} />
      <p className={admin['count']} role="status">{list.data ? t(list.hasNextPage ? 'count_more' : 'count', { count: rows.length }) : ''}</p>
      <Failure list={list} />
      {!list.data && !list.error && <Skeleton height={280} />}
      {list.data && rows.length === 0 && <Nothing isNarrow={isNarrowed(search)} isOwn={me !== null && !mayFindDocuments(me)} onClear={() => void navigate({ search: {}, replace: true })} />}
      {rows.length > 0 && <DocumentTable rows={rows} onOpen={(id) => change({ open: id })} />}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('older')}</Button>
        </Group>
      )}
      {search.open && (
        <DocumentPanel key={search.open} id={search.open} onClose={() => change({ open: undefined })} onOpen={(id) => change({ open: id })}
          onAllAbout={(subject) => void navigate({ search: { subject }, replace: true })} />
      )}
    </div>
  );
}

/** What was shown before stays below it. */
function Failure({ list }: { list: { error: unknown; refetch: () => unknown } }) {
  const { t } = useTranslation('documents');
  const words = useProblemWords();
  if (!list.error) return null;
  return (
    <Alert color="red" role="alert" mb="md">
      <Group justify="space-between">
        {words(list.error)}
        <Button size="xs" variant="default" onClick={() => void list.refetch()}>{t('again')}</Button>
      </Group>
    </Alert>
  );
}

function Nothing({ isNarrow, isOwn, onClear }: { isNarrow: boolean; isOwn: boolean; onClear: () => void }) {
  const { t } = useTranslation('documents');
  return isNarrow ? <NothingFound onClear={onClear} /> : <NothingYet text={t(isOwn ? 'none_own' : 'none')} />;
}
