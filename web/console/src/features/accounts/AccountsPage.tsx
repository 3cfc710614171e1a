/** `/admin/accounts`: who may sign in, with which roles; one of them opened beside the list. */
import { Button, Select, Skeleton, Title } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '@/api/people';
import { useMe } from '@/api/session';
import { PageFailure } from '@/ui/PageState';
import classes from '@/ui/pages.module.css';
import { NotYourDuty, NothingFound, NothingYet } from '@/ui/ListState';
import { Pages } from '@/ui/Pages';
import { SearchField } from '@/ui/SearchField';
import { IconPlus } from '@/theme/icons';
import { AccountLine } from './AccountLine';
import { AccountPanel } from './AccountPanel';
import { NewAccountPanel } from './NewAccountPanel';
import { KINDS, ROLES } from './roles';
import type { AccountsSearch } from './search';

export function AccountsPage() {
  const { t } = useTranslation('admin');
  const { t: words } = useTranslation();
  const me = useMe();
  const { q = '', role, kind, state = 'open', page = 1, open, person } = useSearch({ from: '/signed-in/shell/admin/accounts' });
  const navigate = useNavigate({ from: '/admin/accounts' });
  const mayLook = me?.actions.includes('see_accounts') ?? false;
  const mayChange = me?.actions.includes('manage_accounts') ?? false;
  const accounts = useAccounts({ search: q, role, kind, state, page }, mayLook);
  const change = (more: Partial<Record<keyof AccountsSearch, unknown>>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...more }) as AccountsSearch, replace: true });
  const close = () => change({ open: undefined, person: undefined, page });
  if (me && !mayLook) return <NotYourDuty whose={t('duty.accounts')} />;
  if (accounts.error && !accounts.data) return <PageFailure error={accounts.error} onRetry={() => void accounts.refetch()} />;
  const isFiltered = q !== '' || role !== undefined || kind !== undefined || state !== 'open';
  return (
    <>
      <div className={classes['head']}>
        <Title order={1}>{t('accounts.title')}</Title>
        {mayChange && <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: 'new', page })}>{t('accounts.new')}</Button>}
      </div>
      <div className={classes['filters']}>
        <SearchField label={t('accounts.search')} value={q} onSearch={(text) => change({ q: text || undefined })} />
        <Select label={t('field.role')} searchable clearable placeholder={t('accounts.all_roles')} nothingFoundMessage={t('none_found')} clearButtonProps={{ 'aria-label': t('clear_choice') }}
          value={role ?? null} data={ROLES.map((value) => ({ value, label: words(`role.${value}`) }))} onChange={(value) => change({ role: value ?? undefined })} />
        <Select label={t('field.kind')} clearable placeholder={t('accounts.all_kinds')} clearButtonProps={{ 'aria-label': t('clear_choice') }} value={kind ?? null}
          data={KINDS.map((value) => ({ value, label: t(`account_kind.${value}`) }))} onChange={(value) => change({ kind: value ?? undefined })} />
        <Select label={t('people.state')} allowDeselect={false} value={state} data={(['open', 'disabled', 'all'] as const).map((value) => ({ value, label: t(`openness.${value}`) }))}
          onChange={(value) => change({ state: value === 'open' ? undefined : value })} />
      </div>
      <p className={classes['count']} role="status">{accounts.data ? t('accounts.count', { count: accounts.data.total }) : ''}</p>
      {!accounts.data && <Skeleton height={280} />}
      {accounts.data?.total === 0 && (isFiltered ? <NothingFound onClear={() => void navigate({ search: {}, replace: true })} /> : <NothingYet text={t('accounts.none')} />)}
      {accounts.data && accounts.data.accounts.length > 0 && (
        <ul className={classes['list']} aria-label={t('accounts.title')}>
          {accounts.data.accounts.map((account) => (
            <AccountLine key={account.id} account={account} onOpen={() => change({ open: account.id, page })} />
          ))}
        </ul>
      )}
      {accounts.data && <Pages total={accounts.data.total} page={page} onPage={(next) => change({ page: next })} />}
      {open === 'new' && mayChange && accounts.data && (
        <NewAccountPanel personId={person ?? null} rolesOfKind={accounts.data.roles_of_kind} onClose={close} onMade={(id) => change({ open: id, person: undefined, page })} />
      )}
      {open && open !== 'new' && accounts.data && (
        <AccountPanel key={open} id={open} mayChange={mayChange} rolesOfKind={accounts.data.roles_of_kind} onClose={close} />
      )}
    </>
  );
}
