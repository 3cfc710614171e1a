/** The rules of watching, in full, with their version; nothing opens before they are accepted. */
import { Alert, Button, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '@/api/problem';
import { useAcceptPolicy } from '@/api/sign-in';
import { useWays } from '@/api/ways';
import { PageFailure } from '@/ui/PageState';
import { useProblemWords } from '@/ui/problem-words';
import classes from './sign-in.module.css';

export function PolicyStep() {
  const { t } = useTranslation('sign-in');
  const words = useProblemWords();
  const ways = useWays();
  const accept = useAcceptPolicy();
  const rules = useRef<HTMLDivElement>(null);
  const policy = ways.data?.policy;
  useEffect(() => rules.current?.focus(), [policy?.text]); // to be read, and read out, before the button
  if (ways.isPending) return <Loader size="sm" color="gray" role="status" />;
  if (ways.error) return <PageFailure error={ways.error} onRetry={() => void ways.refetch()} />;
  if (!policy) return <Text size="sm">{t('policy.none')}</Text>;
  const submit = () =>
    accept.mutate(policy.version, {
      onError: (error) => {
        if (isProblem(error, 'policy_changed')) void ways.refetch();
      },
    });
  return (
    <Stack gap="md">
      <Text size="sm">{t('policy.must')}</Text>
      <div ref={rules} className={classes['rules']} role="region" aria-label={t('policy.title')} tabIndex={0}>{policy.text}</div>
      <Text size="xs" c="dimmed">{t('policy.version', { version: policy.version })}</Text>
      {accept.error && <Alert color="red" role="alert" p="sm">{words(accept.error)}</Alert>}
      <Button size="md" loading={accept.isPending} disabled={ways.isFetching} onClick={submit}>{t('policy.accept')}</Button>
    </Stack>
  );
}
