/** Giving somebody an account: whose it is, what they do, a first password. */
import { Alert, Button, Group, MultiSelect, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateAccount } from '@/api/people';
import type { AccountBody, AccountKind, Role } from '@/api/types';
import { Panel } from '@/ui/Panel';
import { PersonPicker } from '@/ui/PersonPicker';
import { useFieldProblems } from '@/ui/useFieldProblems';
import { KINDS, ROLES } from './roles';

type Field = 'name' | 'display_name' | 'person_id' | 'responsible_person_id' | 'roles' | 'password';
type Props = {
  personId: string | null;
  rolesOfKind: Readonly<Partial<Record<AccountKind, Role[]>>>;
  onClose: () => void;
  onMade: (id: string) => void;
};

const PLACES: Readonly<Record<string, Field>> = {
  account_name_invalid: 'name',
  account_name_taken: 'name',
  display_name_invalid: 'display_name',
  person_has_account: 'person_id',
  person_not_found: 'person_id',
  person_left: 'person_id',
  responsible_person_missing: 'responsible_person_id',
  role_not_for_kind: 'roles',
  auditor_has_no_other_role: 'roles',
  password_weak: 'password',
};

export function NewAccountPanel({ personId, rolesOfKind, onClose, onMade }: Props) {
  const { t } = useTranslation('admin');
  const { t: words } = useTranslation();
  const create = useCreateAccount();
  const { at, rest } = useFieldProblems(create.error, PLACES);
  const [kind, setKind] = useState<AccountKind>('personal');
  const [name, setName] = useState('');
  const [display_name, setDisplayName] = useState('');
  const [person_id, setPerson] = useState(personId);
  const [responsible_person_id, setResponsible] = useState<string | null>(null);
  const [roles, setRoles] = useState<Role[]>([]);
  const [password, setPassword] = useState('');
  const isPersonal = kind === 'personal';
  const isTyped = [name, display_name, password].some((text) => text !== '') || roles.length > 0 || person_id !== personId || responsible_person_id !== null;
  const isWhole = name.trim() !== '' && password !== '' && (isPersonal ? person_id !== null : responsible_person_id !== null && display_name.trim() !== '');
  const allowed = rolesOfKind[kind] ?? [];

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!isWhole) return;
    const whose = isPersonal ? { person_id } : { display_name, responsible_person_id };
    const body: AccountBody = { name: name.trim(), kind, roles: roles.filter((role) => allowed.includes(role)), password, ...whose };
    create.mutate(body, { onSuccess: (made) => onMade(made.id) });
  }

  return (
    <Panel title={t('accounts.new')} isTyped={isTyped} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <div>
            <Text size="sm" fw={500} mb={4} id="account-kind">{t('field.kind')}</Text>
            <SegmentedControl fullWidth aria-labelledby="account-kind" value={kind} onChange={(value) => setKind(value)}
              data={KINDS.map((value) => ({ value, label: t(`account_kind.${value}`) }))} />
            <Text size="xs" c="dimmed" mt={4}>{t(`why.kind_${kind}`)}</Text>
          </div>
          {isPersonal ? (
            <PersonPicker isRequired label={t('field.person_id')} description={t('why.person')} value={person_id} error={at('person_id')} onChange={setPerson} />
          ) : (
            <>
              <TextInput required withAsterisk={false} lang="tr" autoComplete="off" label={t('field.display_name')} description={t('why.display_name')} maxLength={120} value={display_name} error={at('display_name')}
                onChange={(event) => setDisplayName(event.currentTarget.value)} />
              <PersonPicker isRequired label={t('field.responsible_person_id')} description={t('why.responsible')} value={responsible_person_id} error={at('responsible_person_id') ?? at('person_id')} onChange={setResponsible} />
            </>
          )}
          <TextInput required withAsterisk={false} autoComplete="off" spellCheck={false} autoCapitalize="none" label={t('field.account_name')} description={t('why.account_name')} maxLength={64} value={name} error={at('name')}
            onChange={(event) => setName(event.currentTarget.value)} />
          <MultiSelect searchable label={t('field.roles')} description={t(isPersonal ? 'why.roles' : 'why.roles_of_wall')} placeholder={roles.length === 0 ? t('choose') : ''} nothingFoundMessage={t('none_found')} error={at('roles')}
            value={roles.filter((role) => allowed.includes(role))} data={ROLES.filter((role) => allowed.includes(role)).map((value) => ({ value, label: words(`role.${value}`) }))}
            onChange={(values) => setRoles(values)} />
          <PasswordInput required withAsterisk={false} autoComplete="new-password" label={t('field.first_password')} description={t('why.first_password')} maxLength={256} value={password} error={at('password')}
            visibilityToggleButtonProps={{ 'aria-label': words('sign_in.show') }} onChange={(event) => setPassword(event.currentTarget.value)} />
        </Stack>
        {rest && <Alert color="red" role="alert" mt="md">{rest}</Alert>}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" disabled={!isWhole} loading={create.isPending}>{t('accounts.give')}</Button>
        </Group>
      </form>
    </Panel>
  );
}
