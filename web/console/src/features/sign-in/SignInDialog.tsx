/** Takes up an ended session over the page, so that nothing typed is lost. Pictures are gone by then. */
import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/types';
import { SignIn } from './SignIn';
import { useFocusBack } from '@/state/useFocusBack';

const WHY: Readonly<Record<string, string>> = {
  signed_in_elsewhere: 'sign_in.elsewhere',
  session_ended_by_other: 'sign_in.ended_by_other',
};

export function SignInDialog({ me, code }: { me: Me; code: string }) {
  useFocusBack();
  const { t } = useTranslation();
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} zIndex={500} title={t('sign_in.again')} overlayProps={{ backgroundOpacity: 0.75 }}>
      <Stack>
        <Text size="sm">{t(WHY[code] ?? 'sign_in.again_text')}</Text>
        <SignIn name={me.name} place={window.location.pathname + window.location.search} onDone={() => undefined} />
        {/* A real load, so that nothing of this person stays in memory. */}
        <Anchor href="/sign-in" size="sm">
          {t('sign_in.as_other')}
        </Anchor>
      </Stack>
    </Modal>
  );
}
