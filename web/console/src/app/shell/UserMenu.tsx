/** What a person sets for themselves: language, appearance, password; and the way out. */
import { Button, Divider, Popover, SegmentedControl, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useSetLanguage, useSignOut } from '@/api/session';
import type { Language } from '@/api/types';
import { PasswordDialog } from '@/app/dialogs';
import { IconUser } from '@/theme/icons';
import classes from './shell.module.css';

export function UserMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const setLanguage = useSetLanguage();
  const signOut = useSignOut();
  const [isOpen, setOpen] = useState(false);
  const [isPasswordOpen, setPasswordOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!me) return null;

  const choose = (language: string) => {
    void i18n.changeLanguage(language);
    setLanguage.mutate(language as Language);
  };
  const endPassword = () => {
    setPasswordOpen(false);
    button.current?.focus(); // the entry that opened the dialog is gone
  };
  const leave = async () => {
    await signOut.mutateAsync().catch(() => undefined);
    await navigate({ to: '/sign-in' });
  };

  return (
    <>
      <Popover position="bottom-end" width={260} opened={isOpen} onChange={setOpen} trapFocus returnFocus={!isPasswordOpen}>
        <Popover.Target>
          <UnstyledButton ref={button} className={classes['user']} onClick={() => setOpen(!isOpen)} aria-label={`${t('top.user')}: ${me.display_name}`}>
            <IconUser size={20} />
            <span lang="tr">{me.display_name}</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p="sm" aria-label={t('top.user')}>
          <Text size="xs" c="dimmed" component="div">
            <Text size="sm" c="var(--nz-text)" fw={600} lang="tr">{me.display_name}</Text>
            {[me.name, ...me.roles.map((role) => t(`role.${role}`))].join(' · ')}
          </Text>
          <Text size="xs" c="dimmed" pt="sm" pb={4}>{t('menu.language')}</Text>
          <SegmentedControl fullWidth size="xs" aria-label={t('menu.language')} value={i18n.language} onChange={choose}
            data={[{ value: 'tr', label: 'Türkçe' }, { value: 'en', label: 'English' }]} />
          <Text size="xs" c="dimmed" pt="sm" pb={4}>{t('menu.theme')}</Text>
          <SegmentedControl fullWidth size="xs" aria-label={t('menu.theme')} value={colorScheme === 'light' ? 'light' : 'dark'}
            onChange={(value) => setColorScheme(value === 'light' ? 'light' : 'dark')}
            data={[{ value: 'dark', label: t('menu.dark') }, { value: 'light', label: t('menu.light') }]} />
          <Divider my="sm" />
          <Stack gap={4}>
            <Button variant="subtle" color="gray" justify="flex-start" size="compact-md" onClick={() => { setOpen(false); void navigate({ to: '/account' }); }}>
              {t('menu.account')}
            </Button>
            <Button variant="subtle" color="gray" justify="flex-start" size="compact-md" onClick={() => { setOpen(false); setPasswordOpen(true); }}>
              {t('menu.password')}
            </Button>
            <Button variant="subtle" color="gray" justify="flex-start" size="compact-md" onClick={() => void leave()}>
              {t('menu.sign_out')}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {isPasswordOpen && <PasswordDialog onClose={endPassword} />}
    </>
  );
}
