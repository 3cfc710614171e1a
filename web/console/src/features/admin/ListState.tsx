/** What stands in the place of a list: nothing exists, the filters hide it, it is not this person's to see. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './admin.module.css';

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
