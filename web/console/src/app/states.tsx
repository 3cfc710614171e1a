/** Pages for what is not there and for what broke. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '@/ui/problem-words';

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Stack p="xl" align="flex-start" component="main">
      <Text c="dimmed">{t('product')}</Text>
      <Title order={1}>{t('state.missing')}</Title>
      <Link to="/" style={{ color: 'var(--nz-accent)' }}>{t('state.to_home')}</Link>
    </Stack>
  );
}

export function FailedPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  return (
    <Stack p="xl" align="flex-start" component="main" role="alert">
      <Title order={1}>{t('state.broken')}</Title>
      <Text>{words(error)}</Text>
      <Button onClick={() => window.location.reload()}>{t('state.reload')}</Button>
    </Stack>
  );
}
