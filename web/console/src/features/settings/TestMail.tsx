/** A mail to oneself, now. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTestMail } from '@/api/settings';
import { useProblemWords } from '@/ui/problem-words';

export function TestMail({ address }: { address: string }) {
  const { t } = useTranslation('settings');
  const words = useProblemWords();
  const send = useTestMail();
  return (
    <div>
      <Group mt="sm">
        <Button variant="default" disabled={address === ''} loading={send.isPending} onClick={() => send.mutate()}>{t('test_mail.send')}</Button>
        <Text size="sm" c="dimmed">{address === '' ? t('test_mail.nobody') : t('test_mail.to', { address })}</Text>
      </Group>
      <div role="status">{send.isSuccess && <Text size="sm" mt="xs">{t('test_mail.sent', { address })}</Text>}</div>
      {send.error && <Alert color="red" role="alert" mt="xs">{words(send.error)}</Alert>}
    </div>
  );
}
