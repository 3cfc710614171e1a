/** Taking a person's second factor away, who lost telephone with paper. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useResetFactor } from '@/api/people';
import type { Account } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import classes from '@/ui/pages.module.css';

export function SecondFactorReset({ account }: { account: Account }) {
  const { t } = useTranslation('admin');
  const words = useProblemWords();
  const [isAsked, setAsked] = useState(false);
  const reset = useResetFactor(account.id);
  if (!account.has_second_factor && !reset.isSuccess) return null;
  return (
    <section className={classes['section']} aria-label={t('field.second_factor')}>
      {reset.isSuccess && <Alert color="accent" role="status"><Text size="sm">{t('accounts.factor_reset')}</Text></Alert>}
      {account.has_second_factor && !isAsked && <Button variant="default" size="xs" onClick={() => setAsked(true)}>{t('accounts.reset_factor')}</Button>}
      {account.has_second_factor && isAsked && (
        <Alert color="yellow" role="alert">
          <Text size="sm">{t('accounts.reset_effect')}</Text>
          <Group gap="xs" mt={4} p={4}>
            <Button size="xs" color="red" loading={reset.isPending} onClick={() => reset.mutate(undefined, { onSuccess: () => setAsked(false) })}>{t('accounts.reset_factor')}</Button>
            <Button size="xs" variant="default" autoFocus onClick={() => setAsked(false)}>{t('cancel')}</Button>
          </Group>
        </Alert>
      )}
      {reset.error && <Alert color="red" role="alert" mt="xs">{words(reset.error)}</Alert>}
    </section>
  );
}
