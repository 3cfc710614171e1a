/** Where one is signed in, and ending that. */
import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useEndOwnSession, useOwnSessions } from '@/api/sign-in';
import type { OwnSession } from '@/api/types';
import { PageFailure } from '@/ui/PageState';
import { useProblemWords } from '@/ui/problem-words';
import { dayAndTime } from '@/time/format';
import classes from './account.module.css';

export function OwnSessions() {
  const { t, i18n } = useTranslation('sign-in');
  const words = useProblemWords();
  const { data, error, refetch } = useOwnSessions();
  const end = useEndOwnSession();
  if (error && !data) return <PageFailure error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const others = data.sessions.filter((one) => !one.is_this);
  return (
    <section aria-labelledby="own-sessions">
      <Title order={2} id="own-sessions">{t('sessions.title')}</Title>
      <Text size="sm" my="xs">
        {data.before ? t('sessions.before', { time: dayAndTime(data.before.at_us, i18n.language), address: data.before.address }) : t('sessions.first')}
      </Text>
      <ul className={classes['sessions']}>
        {data.sessions.map((one) => (
          <li key={one.id}>
            <Words session={one} />
            {!one.is_this && (
              <Button variant="default" size="compact-md" loading={end.isPending && end.variables === one.id} aria-label={t('sessions.end_at', { address: one.address, begun: dayAndTime(one.created_us, i18n.language) })} onClick={() => end.mutate(one.id)}>
                {t('sessions.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <Group mt="sm">
          <Button variant="default" loading={end.isPending && end.variables === null} onClick={() => end.mutate(null)}>{t('sessions.end_others', { count: others.length })}</Button>
        </Group>
      )}
      {others.length > 0 && <Text size="sm" mt="xs" c="dimmed">{t('sessions.unknown')}</Text>}
      {end.error && <Alert color="red" role="alert" mt="xs">{words(end.error)}</Alert>}
    </section>
  );
}

function Words({ session }: { session: OwnSession }) {
  const { t, i18n } = useTranslation('sign-in');
  const at = (time_us: number) => dayAndTime(time_us, i18n.language);
  return (
    <span>
      <strong>{session.address}</strong>
      {session.is_this && <span className={classes['mark']}>{t('sessions.this')}</span>}
      <Text component="span" size="sm" c="dimmed" display="block">{t('sessions.times', { begun: at(session.created_us), seen: at(session.last_seen_us) })}</Text>
    </span>
  );
}
