/** Units below units. Lists in lists: a screen reader says how deep one is. */
import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '@/ui/pages.module.css';
import { IconPlus } from '@/theme/icons';
import type { Branch } from './tree';

type Props = {
  branches: readonly Branch[];
  mayChange: boolean;
  label?: string;
  onOpen: (id: string) => void;
  onAdd: (under: string) => void;
};

export function UnitTree({ branches, label, ...acts }: Props) {
  if (branches.length === 0) return null;
  return (
    <ul className={classes['tree']} aria-label={label}>
      {branches.map((branch) => (
        <li key={branch.unit.id}>
          <UnitLine branch={branch} {...acts} />
          <UnitTree branches={branch.below} {...acts} />
        </li>
      ))}
    </ul>
  );
}

function UnitLine({ branch: { unit }, mayChange, onOpen, onAdd }: Omit<Props, 'branches' | 'label'> & { branch: Branch }) {
  const { t } = useTranslation('admin');
  return (
    <div className={classes['unit']} data-closed={unit.is_closed}>
      <button type="button" className={classes['unitName']} onClick={() => onOpen(unit.id)}>
        <strong lang="tr">{unit.name}</strong>
        <small>
          {t(`unit_kind.${unit.kind}`)} · {unit.supervisor ? t('units.supervisor_is', { name: unit.supervisor.full_name }) : t('units.vacant')} · {t('people.count', { count: unit.staff_count })}
        </small>
      </button>
      {unit.is_closed && <span className={classes['mark']}>{t('mark.closed')}</span>}
      {unit.supervisor && !unit.supervisor.is_staff && <span className={classes['mark']} data-tone="warning">{t('mark.supervisor_left')}</span>}
      {mayChange && !unit.is_closed && (
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('units.add_under', { name: unit.name })} onClick={() => onAdd(unit.id)}>
          <IconPlus size={18} />
        </ActionIcon>
      )}
    </div>
  );
}
