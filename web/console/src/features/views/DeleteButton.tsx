/** Deleting asks once, in place. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function DeleteButton({ name, isPending, onDelete }: { name: string; isPending: boolean; onDelete: () => void }) {
  const { t } = useTranslation('views');
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <Button size="xs" variant="default" onClick={() => setAsking(true)} aria-label={t('delete_named', { name })}>
        {t('delete')}
      </Button>
    );
  }
  return (
    <Group gap="xs">
      <Button size="xs" color="red" autoFocus loading={isPending} onClick={onDelete}>{t('delete_sure')}</Button>
      <Button size="xs" variant="default" onClick={() => setAsking(false)}>{t('cancel')}</Button>
    </Group>
  );
}
