/** The passphrase of a package: shown by a deliberate act that is written down, hidden again after a minute or at once. */
import { Alert, Button, Fieldset, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePassphrase } from '@/api/exports';
import { useProblemWords } from '@/ui/problem-words';
import { useFocusBack } from '@/state/useFocusBack';
import { isLeaving } from '@/state/leaving';
import classes from './exports.module.css';

const SHOWN_S = 60;

type Props = { request_id: string; number: number; onClose: () => void };

export function Passphrase({ request_id, number, onClose }: Props) {
  useFocusBack();
  const { t } = useTranslation('exports');
  const words = useProblemWords();
  const ask = usePassphrase();
  return (
    <Fieldset legend={t('passphrase.title', { number })} mt="sm" onKeyDown={(event) => isLeaving(event) && onClose()}>
      <Stack gap="sm">
        <Text size="sm">{t('passphrase.says')}</Text>
        {ask.data && <Secret text={ask.data.passphrase} onClose={onClose} />}
        {ask.error && <Alert color="red" role="alert">{words(ask.error)}</Alert>}
        {!ask.data && (
          <Group>
            <Button autoFocus size="xs" loading={ask.isPending} onClick={() => ask.mutate({ request_id, number })}>{t('passphrase.show')}</Button>
            <Button size="xs" variant="default" onClick={onClose}>{t('passphrase.cancel')}</Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}

function Secret({ text, onClose }: { text: string; onClose: () => void }) {
  const { t } = useTranslation('exports');
  const [left_s, setLeft] = useState(SHOWN_S);
  useEffect(() => {
    const timer = setInterval(() => setLeft((before) => before - 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left_s <= 0) onClose();
  }, [left_s, onClose]);
  return (
    <>
      <code className={classes['secret']} translate="no">{text}</code>
      <Group>
        <Button autoFocus size="xs" variant="default" onClick={onClose}>{t('passphrase.hide')}</Button>
        <Text size="sm" c="dimmed">{t('passphrase.left', { seconds: left_s })}</Text>
      </Group>
    </>
  );
}
