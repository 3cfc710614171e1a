/** What an account's person does. No role shows a picture. */
import { Alert, Button, Group, Select, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGiveRole, useTakeRole } from '@/api/people';
import type { Account, Role } from '@/api/types';
import { useProblemWords } from '@/ui/problem-words';
import classes from '@/ui/pages.module.css';
import { choicesFor } from './roles';

type Props = { account: Account; mayChange: boolean; allowed: readonly Role[] };

export function Roles({ account, mayChange, allowed }: Props) {
  const { t } = useTranslation('admin');
  const { t: words } = useTranslation();
  const sentence = useProblemWords();
  const give = useGiveRole(account.id);
  const take = useTakeRole(account.id);
  const [chosen, setChosen] = useState<Role | null>(null);
  const choices = choicesFor(allowed, account.roles);
  const error = give.error ?? take.error;
  return (
    <section className={classes['section']} aria-labelledby="account-roles">
      <Title order={2} size="h3" id="account-roles">{t('field.roles')}</Title>
      <Text size="xs" c="dimmed">{t(account.kind === 'personal' ? 'why.roles' : 'why.roles_held_by_wall')}</Text>
      {account.roles.length === 0 && <Text size="sm" mt="xs">{t('accounts.no_role')}</Text>}
      <ul className={classes['held']}>
        {account.roles.map((role) => (
          <li key={role}>
            <span>{words(`role.${role}`)}</span>
            {mayChange && (
              <Button variant="subtle" color="gray" size="compact-sm" loading={take.isPending && take.variables === role} aria-label={t('accounts.take_role', { role: words(`role.${role}`) })} onClick={() => take.mutate(role)}>
                {t('accounts.take')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && choices.length > 0 && (
        <Group align="flex-end" gap="xs" wrap="nowrap">
          <Select style={{ flex: 1 }} searchable label={t('accounts.more_role')} placeholder={t('choose')} nothingFoundMessage={t('none_found')} value={chosen}
            data={choices.map((value) => ({ value, label: words(`role.${value}`) }))} onChange={(value) => setChosen(value)} />
          <Button disabled={!chosen} loading={give.isPending} onClick={() => chosen && give.mutate({ role: chosen }, { onSuccess: () => setChosen(null) })}>{t('accounts.give_role')}</Button>
        </Group>
      )}
      {error && <Alert color="red" role="alert" mt="xs">{sentence(error)}</Alert>}
    </section>
  );
}
