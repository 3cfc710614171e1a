/** A drawer over a list: one person, unit or account. What was typed does not go by a slip. */
import { Alert, Button, Drawer, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '@/state/useFocusBack';

type Props = { title: string; isTyped?: boolean; onClose: () => void; children: ReactNode };

export function Panel({ title, isTyped = false, onClose, children }: Props) {
  useFocusBack();
  const { t } = useTranslation('admin');
  const [isAsked, setAsked] = useState(false);
  // Escape, pressed again, goes on with the form: only the button gives up what was typed.
  const close = () => (isTyped ? setAsked(!isAsked) : onClose());
  const discard = () => {
    setAsked(false);
    onClose();
  };
  return (
    <Drawer opened onClose={close} position="right" size={520} title={title} closeOnClickOutside={!isTyped}
      closeButtonProps={{ 'aria-label': t('close') }} styles={{ title: { fontWeight: 600, fontSize: 16, overflowWrap: 'anywhere' } }}>
      {isAsked && isTyped && (
        <Alert color="yellow" role="alert" mb="md">
          <Text size="sm">{t('unsaved')}</Text>
          <Group gap="xs" mt={4} p={4}>
            <Button size="xs" autoFocus onClick={() => setAsked(false)}>{t('go_on')}</Button>
            <Button size="xs" variant="default" onClick={discard}>{t('discard')}</Button>
          </Group>
        </Alert>
      )}
      {children}
    </Drawer>
  );
}
