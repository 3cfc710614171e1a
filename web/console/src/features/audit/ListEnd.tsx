/** A list with what stands around it: how many there are, why there are none, the way to older ones. */
import { Alert, Button, Group, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '@/ui/problem-words';
import admin from '@/ui/pages.module.css';
import { NothingFound, NothingYet } from '@/ui/ListState';

type Pages = {
  data: object | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
};
type Props = { list: Pages; shown: number; isNarrowed: boolean; onClear: () => void; children: ReactNode };

export function ListEnd({ list, shown, isNarrowed, onClear, children }: Props) {
  const { t } = useTranslation('audit');
  const words = useProblemWords();
  const count = list.data ? t(list.hasNextPage ? 'count_more' : 'count', { count: shown }) : '';
  return (
    <>
      <p className={admin['count']} role="status">{count}</p>
      {list.error !== null && list.error !== undefined && (
        <Alert color="red" role="alert" mb="md">
          <Group justify="space-between">
            {words(list.error)}
            <Button size="xs" variant="default" onClick={() => void list.refetch()}>{t('again')}</Button>
          </Group>
        </Alert>
      )}
      {!list.data && !list.error && <Skeleton height={280} />}
      {list.data && shown === 0 && (isNarrowed ? <NothingFound onClear={onClear} /> : <NothingYet text={t('none')} />)}
      {shown > 0 && children}
      {list.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t('older')}</Button>
        </Group>
      )}
    </>
  );
}
