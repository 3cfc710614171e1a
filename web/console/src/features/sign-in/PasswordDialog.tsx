/** Changing one's own password; forced after an administrator has set it. */
import { Alert, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangePassword, useMe, useSignOut } from '@/api/session';
import { useProblemWords } from '@/ui/problem-words';
import { useFocusBack } from '@/state/useFocusBack';

export function PasswordDialog({ isForced = false, onClose }: { isForced?: boolean; onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation();
  const words = useProblemWords();
  const me = useMe();
  const change = useChangePassword();
  const signOut = useSignOut();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const doDiffer = again !== '' && again !== next;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (next === again) change.mutate({ old, new: next }, { onSuccess: onClose });
  }

  const toggle = { 'aria-label': t('sign_in.show') };
  return (
    <Modal opened onClose={onClose} title={t('password.title')} withCloseButton={!isForced} closeOnEscape={!isForced} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form onSubmit={submit}>
        <Stack>
          {isForced && <Text size="sm">{t('password.must')}</Text>}
          <input type="text" name="username" autoComplete="username" value={me?.name ?? ''} readOnly hidden />
          <PasswordInput data-autofocus required withAsterisk={false} label={t('password.old')} autoComplete="current-password" value={old} visibilityToggleButtonProps={toggle} onChange={(event) => setOld(event.currentTarget.value)} />
          <PasswordInput required withAsterisk={false} label={t('password.new')} description={t('password.rule')} autoComplete="new-password" minLength={12} value={next} visibilityToggleButtonProps={toggle} onChange={(event) => setNext(event.currentTarget.value)} />
          <PasswordInput required withAsterisk={false} label={t('password.again')} autoComplete="new-password" value={again} error={doDiffer && t('password.differ')} visibilityToggleButtonProps={toggle} onChange={(event) => setAgain(event.currentTarget.value)} />
          {change.error && <Alert color="red" role="alert" p="sm">{words(change.error)}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={isForced ? () => signOut.mutate() : onClose}>
              {t(isForced ? 'menu.sign_out' : 'password.later')}
            </Button>
            <Button type="submit" loading={change.isPending} disabled={doDiffer}>{t('password.submit')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
