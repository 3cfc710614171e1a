/** Setting a first password for somebody who forgot theirs, or is locked out. */
import { Alert, Button, Group, PasswordInput, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSetPassword } from '@/api/people';
import type { Account } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import classes from '@/ui/pages.module.css';

export function FirstPassword({ account }: { account: Account }) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const words = useProblemWords();
  const change = useSetPassword(account.id);
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(password, { onSuccess: () => setPassword('') });
  };
  return (
    <section className={classes['section']} aria-label={t('field.first_password')}>
      <form onSubmit={submit}>
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <PasswordInput style={{ flex: 1 }} autoComplete="new-password" label={t('accounts.set_password')} description={t('why.set_password')} maxLength={256} value={password} error={change.error ? words(change.error) : null}
            visibilityToggleButtonProps={{ 'aria-label': common('sign_in.show') }} onChange={(event) => setPassword(event.currentTarget.value)} />
          <Button type="submit" variant="default" disabled={password === ''} loading={change.isPending}>{t('accounts.set')}</Button>
        </Group>
      </form>
      {change.isSuccess && password === '' && <Alert color="accent" role="status" mt="xs"><Text size="sm">{t('accounts.password_set')}</Text></Alert>}
    </section>
  );
}
