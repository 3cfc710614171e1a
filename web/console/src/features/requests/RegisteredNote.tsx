/** Said when a request was saved and locked, but its scan or its officer was refused. */
import { Alert, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '@/ui/problem-words';
import type { Registered } from './useRegistration';
import classes from './requests.module.css';

export function RegisteredNote({ done: { request, problems } }: { done: Registered }) {
  const { t } = useTranslation('requests');
  const words = useProblemWords();
  return (
    <Stack role="status">
      <Title order={2}>{t('saved.title', { number: request.number })}</Title>
      {problems.map(({ of, error }) => <Alert key={of} color="yellow" title={t(`saved.${of}`)}>{words(error)}</Alert>)}
      <Link to="/requests/$id" params={{ id: request.id }} className={classes['link']}>{t('saved.go')}</Link>
    </Stack>
  );
}
