/** One account beside the list: whose, its roles, where it is signed in; closing it. */
import { Alert, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount, useAccountAct, useChangeAccount } from '@/api/people';
import { useMe } from '@/api/session';
import type { Account, AccountKind, Role } from '@/api/types';
import { PageFailure, PageLoading } from '@/ui/PageState';
import { useProblemWords } from '@/ui/problem-words';
import classes from '@/ui/pages.module.css';
import { Panel } from '@/ui/Panel';
import { PersonPicker } from '@/ui/PersonPicker';
import { dayOf } from '@/time/format';
import { FirstPassword } from './FirstPassword';
import { Roles } from './Roles';
import { SecondFactorReset } from './SecondFactorReset';
import { Sessions } from './Sessions';

type Props = { id: string; mayChange: boolean; rolesOfKind: Readonly<Partial<Record<AccountKind, Role[]>>>; onClose: () => void };

export function AccountPanel({ id, mayChange, rolesOfKind, onClose }: Props) {
  const { t } = useTranslation('admin');
  const me = useMe();
  const { data: account, error, refetch } = useAccount(id);
  if (!account) {
    return (
      <Panel title={t('accounts.one')} onClose={onClose}>
        {error ? <PageFailure error={error} onRetry={() => void refetch()} /> : <PageLoading />}
      </Panel>
    );
  }
  const isOwn = account.id === me?.id;
  const mayDecide = mayChange && !isOwn;
  return (
    <Panel title={account.display_name} onClose={onClose}>
      <Facts account={account} />
      {isOwn && mayChange && <Alert color="accent" mt="md">{t('accounts.own')}</Alert>}
      {mayDecide && account.kind === 'personal' && !account.person && <MissingPerson account={account} />}
      {mayDecide && account.kind !== 'personal' && <Responsible account={account} />}
      <Roles account={account} mayChange={mayDecide && account.state !== 'disabled'} allowed={rolesOfKind[account.kind] ?? []} />
      {mayChange && <Sessions account={account} />}
      {mayDecide && account.way === 'local' && account.state !== 'disabled' && <FirstPassword account={account} />}
      {mayDecide && <SecondFactorReset account={account} />}
      {mayDecide && <Closing account={account} />}
    </Panel>
  );
}

function Facts({ account }: { account: Account }) {
  const { t, i18n } = useTranslation('admin');
  const whose = account.person ?? account.responsible;
  return (
    <dl className={classes['facts']}>
      <dt>{t('field.account_name')}</dt>
      <dd>{account.name}</dd>
      <dt>{t('field.kind')}</dt>
      <dd>{t(`account_kind.${account.kind}`)}</dd>
      <dt>{t(account.kind === 'personal' ? 'field.person_id' : 'field.responsible_person_id')}</dt>
      <dd lang="tr">
        {whose ? <Link className={classes['link']} to="/admin/people" search={{ open: whose.id, staff: 'all' }}>{[whose.full_name, whose.registry_no].filter(Boolean).join(' · ')}</Link> : t('accounts.no_person')}
        {whose && !whose.is_staff && ` (${t('mark.left')})`}
      </dd>
      <dt>{t('field.state')}</dt>
      <dd>{t(`account_state.${account.state}`)}{account.must_change_password && account.way === 'local' && ` · ${t('accounts.must_change')}`}</dd>
      <dt>{t('field.way')}</dt>
      <dd>{t(`way.${account.way}`)}</dd>
      {account.way === 'local' && (
        <>
          <dt>{t('field.second_factor')}</dt>
          <dd>{t(account.has_second_factor ? 'accounts.factor_set' : 'accounts.factor_none')}</dd>
        </>
      )}
      <dt>{t('field.created')}</dt>
      <dd>{dayOf(account.created_us, i18n.language)}</dd>
    </dl>
  );
}

/** Accounts of the time before persons were registered get their person once. */
function MissingPerson({ account }: { account: Account }) {
  const { t } = useTranslation('admin');
  const words = useProblemWords();
  const change = useChangeAccount(account.id);
  return (
    <section className={classes['section']} aria-label={t('field.person_id')}>
      <PersonPicker label={t('accounts.tie')} description={t('why.tie')} value={null} error={change.error ? words(change.error) : null}
        onChange={(person_id) => person_id && change.mutate({ display_name: account.display_name, language: account.language, person_id })} />
    </section>
  );
}

function Responsible({ account }: { account: Account }) {
  const { t } = useTranslation('admin');
  const words = useProblemWords();
  const change = useChangeAccount(account.id);
  return (
    <section className={classes['section']} aria-label={t('field.responsible_person_id')}>
      <PersonPicker isRequired label={t('accounts.other_responsible')} description={t('why.responsible')} value={account.responsible?.id ?? null} error={change.error ? words(change.error) : null}
        onChange={(responsible_person_id) => responsible_person_id && change.mutate({ display_name: account.display_name, language: account.language, responsible_person_id })} />
    </section>
  );
}

function Closing({ account }: { account: Account }) {
  const { t } = useTranslation('admin');
  const words = useProblemWords();
  const [isAsked, setAsked] = useState(false);
  const act = useAccountAct(account.id);
  const isClosed = account.state === 'disabled';
  return (
    <section className={classes['section']} aria-label={t('accounts.closing')}>
      {!isAsked && (
        <Button variant="default" size="xs" loading={act.isPending} onClick={() => (isClosed ? act.mutate('enable') : setAsked(true))}>
          {t(isClosed ? 'accounts.enable' : 'accounts.disable')}
        </Button>
      )}
      {isAsked && (
        <Alert color="yellow" role="alert">
          <Text size="sm">{t('accounts.disable_effect')}</Text>
          <Group gap="xs" mt={4} p={4}>
            <Button size="xs" color="red" loading={act.isPending} onClick={() => act.mutate('disable', { onSuccess: () => setAsked(false) })}>{t('accounts.disable')}</Button>
            <Button size="xs" variant="default" autoFocus onClick={() => setAsked(false)}>{t('cancel')}</Button>
          </Group>
        </Alert>
      )}
      {act.error && <Alert color="red" role="alert" mt="xs">{words(act.error)}</Alert>}
    </section>
  );
}
