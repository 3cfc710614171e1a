/** What stands in the place of a list: nothing exists, the filters hide it, it is not this person's to see; what goes on behind it. */
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './pages.module.css';

export function NothingYet({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className={classes['empty']}>
      <p>{text}</p>
      {children}
    </div>
  );
}

export function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('admin');
  return (
    <NothingYet text={t('none_found')}>
      <Button variant="default" size="xs" onClick={onClear}>{t('clear')}</Button>
    </NothingYet>
  );
}

export function NotYourDuty({ whose }: { whose: string }) {
  const { t } = useTranslation('admin');
  return <NothingYet text={t('denied', { whose })} />;
}

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** The way to the rows behind the last page; nothing at the end. */
export function MoreRows({ list, text }: { list: Pages; text: string }) {
  if (!list.hasNextPage) return null;
  return (
    <Group justify="center" mt="md">
      <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{text}</Button>
    </Group>
  );
}
