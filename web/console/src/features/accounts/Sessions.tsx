/** Where an account is signed in, and ending that. */
import { Alert, Button, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAccountSessions, useEndSession } from '@/api/people';
import type { Account } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import classes from '@/ui/pages.module.css';
import { dayAndTime } from '@/time/format';

export function Sessions({ account }: { account: Account }) {
  const { t, i18n } = useTranslation('admin');
  const words = useProblemWords();
  const { data: sessions } = useAccountSessions(account.id, true);
  const end = useEndSession(account.id);
  if (!sessions) return null;
  return (
    <section className={classes['section']} aria-labelledby="account-sessions">
      <Title order={2} size="h3" id="account-sessions">{t('accounts.sessions')}</Title>
      {sessions.length === 0 && <Text size="sm" c="dimmed" mt="xs">{t('accounts.no_session')}</Text>}
      <ul className={classes['held']}>
        {sessions.map((one) => (
          <li key={one.id}>
            <span>
              {one.address}
              <br />
              <Text component="span" size="xs" c="dimmed">{t('accounts.session', { begun: dayAndTime(one.created_us, i18n.language), seen: dayAndTime(one.last_seen_us, i18n.language) })}</Text>
            </span>
            <Button variant="subtle" color="gray" size="compact-sm" loading={end.isPending && end.variables === one.id} aria-label={t('accounts.end_session', { address: one.address })} onClick={() => end.mutate(one.id)}>
              {t('accounts.end')}
            </Button>
          </li>
        ))}
      </ul>
      {end.error && <Alert color="red" role="alert">{words(end.error)}</Alert>}
    </section>
  );
}
