/** Deleting asks once, in place. */
import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function DeleteButton({ name, isPending, onDelete }: { name: string; isPending: boolean; onDelete: () => void }) {
  const { t } = useTranslation('views');
  const [asking, setAsking] = useState<'not yet' | 'now' | 'no more'>('not yet');
  if (asking !== 'now') {
    return (
      <Button size="xs" variant="default" autoFocus={asking === 'no more'} onClick={() => setAsking('now')} aria-label={t('delete_named', { name })}>
        {t('delete')}
      </Button>
    );
  }
  return (
    <Group gap="xs" onKeyDown={(event) => event.key === 'Escape' && setAsking('no more')}>
      <Button size="xs" color="red" autoFocus loading={isPending} onClick={onDelete}>{t('delete_sure')}</Button>
      <Button size="xs" variant="default" onClick={() => setAsking('no more')}>{t('cancel')}</Button>
    </Group>
  );
}
