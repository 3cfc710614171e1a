/** For who found a breach in the log and may not record it: the address that opens the form for who may. */
import { Alert, Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function HandOver({ entry }: { entry: number }) {
  const { t } = useTranslation('breaches');
  const [isCopied, setCopied] = useState(false);
  const address = `${location.origin}/breaches?entry=${entry}`;
  // Without TLS browsers give no clipboard: the address stands there to be taken by hand.
  const canCopy = window.isSecureContext;
  const copy = () => void navigator.clipboard.writeText(address).then(() => setCopied(true));
  return (
    <Alert color="gray" mb="md">
      {t('entry.hand_over', { number: entry })}
      <Group mt="sm" align="flex-end">
        <TextInput readOnly label={t('entry.address')} value={address} style={{ flex: '1 1 280px' }} onFocus={(event) => event.currentTarget.select()} />
        {canCopy && <Button variant="default" onClick={copy}>{t(isCopied ? 'entry.copied' : 'entry.copy')}</Button>}
      </Group>
    </Alert>
  );
}
