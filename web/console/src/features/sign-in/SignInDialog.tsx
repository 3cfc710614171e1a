/** Takes up an ended session over the page, so that nothing typed is lost. Pictures are gone by then. */
import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/types';
import { SignInForm } from './SignInForm';
import { useFocusBack } from '@/state/useFocusBack';

export function SignInDialog({ me, code }: { me: Me; code: string }) {
  useFocusBack();
  const { t } = useTranslation();
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} zIndex={500} title={t('sign_in.again')} overlayProps={{ backgroundOpacity: 0.75 }}>
      <Stack>
        <Text size="sm">{t(code === 'session_replaced' ? 'sign_in.elsewhere' : 'sign_in.again_text')}</Text>
        <SignInForm name={me.name} onDone={() => undefined} />
        {/* A real load, so that nothing of this person stays in memory. */}
        <Anchor href="/sign-in" size="sm">
          {t('sign_in.as_other')}
        </Anchor>
      </Stack>
    </Modal>
  );
}
