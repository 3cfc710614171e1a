/** One account of the list. */
import { useTranslation } from 'react-i18next';
import type { Account } from '@/api/types';
import classes from '@/ui/pages.module.css';

export function AccountLine({ account, onOpen }: { account: Account; onOpen: () => void }) {
  const { t } = useTranslation('admin');
  return (
    <li>
      <button type="button" className={classes['row']} onClick={onOpen}>
        <span className={classes['name']} lang="tr">
          {account.display_name}
          <small>{account.name}</small>
        </span>
        <RoleMarks roles={account.roles} />
        <span className={classes['more']}>
          {t(`account_kind.${account.kind}`)}
          {account.responsible && ` · ${t('accounts.responsible_is', { name: account.responsible.full_name })}`}
        </span>
        <span className={classes['roles']}>
          {account.state !== 'open' && <span className={classes['mark']} data-tone={account.state === 'locked' ? 'warning' : undefined}>{t(`account_state.${account.state}`)}</span>}
          {account.responsible && !account.responsible.is_staff && <span className={classes['mark']} data-tone="warning">{t('mark.responsible_left')}</span>}
        </span>
      </button>
    </li>
  );
}

function RoleMarks({ roles }: { roles: Account['roles'] }) {
  const { t } = useTranslation('admin');
  const { t: words } = useTranslation();
  if (roles.length === 0) return <span className={classes['more']}>{t('accounts.no_role')}</span>;
  return (
    <span className={classes['roles']}>
      {roles.map((role) => (
        <span key={role} className={classes['mark']}>{words(`role.${role}`)}</span>
      ))}
    </span>
  );
}
