/** Loading and failing of a whole page. */
import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { useProblemWords } from './problem-words';

const QUIET_MS = 200;
const SLOW_MS = 10_000;

/** Nothing for a moment, then a ring, then words: the quick case shows no flicker. */
export function PageLoading() {
  const { t } = useTranslation();
  const [stage, setStage] = useState<'quiet' | 'loading' | 'slow'>('quiet');
  useEffect(() => {
    const timers = [setTimeout(() => setStage('loading'), QUIET_MS), setTimeout(() => setStage('slow'), SLOW_MS)];
    return () => timers.forEach(clearTimeout);
  }, []);
  if (stage === 'quiet') return null;
  return (
    <Group p="xl" role="status">
      <Loader size="sm" color="gray" />
      <Text c="dimmed">{t(stage === 'slow' ? 'state.slow' : 'state.loading')}</Text>
    </Group>
  );
}

/** What one may not see does not come by asking again: such a refusal has no button. */
export function PageFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const isFinal = error instanceof Problem && error.status === 403;
  return (
    <Alert color="red" m="xl" role="alert">
      <Group justify="space-between">
        <Text>{words(error)}</Text>
        {!isFinal && <Button variant="default" size="xs" onClick={onRetry}>{t('state.retry')}</Button>}
      </Group>
    </Alert>
  );
}
