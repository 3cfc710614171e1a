/** The tree on a narrow screen: over the wall. */
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function TreeDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('live');
  return (
    <Drawer opened onClose={onClose} title={t('tree.title')} size="85%" closeButtonProps={{ 'aria-label': t('save.close') }}>
      {children}
    </Drawer>
  );
}
