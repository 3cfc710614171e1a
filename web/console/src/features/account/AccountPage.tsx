/** `/account`: where one is signed in, one's second factor, one's password. */
import { Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/api/session';
import { useFactor } from '@/api/sign-in';
import { PasswordDialog } from '@/app/dialogs';
import { PageFailure, PageLoading } from '@/ui/PageState';
import classes from './account.module.css';
import { OwnSessions } from './OwnSessions';
import { SecondFactor } from './SecondFactor';

export function AccountPage() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const me = useMe();
  const factor = useFactor();
  if (factor.error && !factor.data) return <PageFailure error={factor.error} onRetry={() => void factor.refetch()} />;
  if (!me || !factor.data) return <PageLoading />;
  return (
    <div className={classes['page']}>
      <Title order={1}>{common('rail.account')}</Title>
      <Text c="dimmed" lang="tr">{`${me.display_name} · ${me.name}`}</Text>
      <OwnSessions />
      <section aria-labelledby="own-factor">
        <Title order={2} id="own-factor">{t('factor.title')}</Title>
        {factor.data.can_be_set_up ? <SecondFactor factor={factor.data} /> : <Text size="sm" mt="xs">{t('account.elsewhere')}</Text>}
      </section>
      {factor.data.can_be_set_up && <Password />}
    </div>
  );
}

function Password() {
  const { t } = useTranslation('sign-in');
  const { t: common } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-labelledby="own-password">
      <Title order={2} id="own-password">{common('sign_in.password')}</Title>
      <Text size="sm" my="xs">{t('account.password_text')}</Text>
      <Button variant="default" onClick={() => setOpen(true)}>{common('menu.password')}</Button>
      {isOpen && <PasswordDialog onClose={() => setOpen(false)} />}
    </section>
  );
}
