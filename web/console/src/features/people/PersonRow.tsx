/** One person of the list. */
import { useTranslation } from 'react-i18next';
import type { Person } from '@/api/types';
import classes from '@/ui/pages.module.css';

export function PersonRow({ person, onOpen }: { person: Person; onOpen: () => void }) {
  const { t } = useTranslation('admin');
  const mark = person.left_us !== null ? 'left' : person.account === null ? 'no_account' : person.account.is_disabled ? 'account_disabled' : null;
  const [above, own] = lastTwo(person.unit_path);
  return (
    <li>
      <button type="button" className={classes['row']} onClick={onOpen}>
        <span className={classes['name']} lang="tr">
          {person.full_name}
          <small>{[person.title, person.registry_no && t('people.number', { number: person.registry_no })].filter(Boolean).join(' · ')}</small>
        </span>
        <span className={classes['place']} lang="tr">
          {own}
          {above && <small>{above}</small>}
        </span>
        <span className={classes['more']}>{t(`employment.${person.employment_kind}`)}</span>
        <span>{mark ? <span className={classes['mark']} data-tone={mark === 'left' ? 'warning' : undefined}>{t(`mark.${mark}`)}</span> : <span className={classes['more']}>{person.account?.name}</span>}</span>
      </button>
    </li>
  );
}

/** The unit itself and the one above it: the whole path stands in the panel. */
function lastTwo(path: string): [above: string, own: string] {
  const names = path.split(' › ');
  return [names.at(-2) ?? '', names.at(-1) ?? ''];
}
