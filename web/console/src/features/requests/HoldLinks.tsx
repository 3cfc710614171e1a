/** Holds that keep the same footage: what ends with the request does not end them. */
import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RequestDetail } from '@/api/footage';
import classes from './requests.module.css';

export function HoldLinks({ holds }: { holds: RequestDetail['holds'] }) {
  const { t } = useTranslation('requests');
  if (holds.length === 0) return null;
  return (
    <Text size="sm" mt="sm">
      {t('held_too')}{' '}
      {holds.map(({ id, number }) => <Link key={id} to="/holds/$id" params={{ id }} className={classes['link']}>{t('hold_no', { number })}</Link>)}
    </Text>
  );
}
