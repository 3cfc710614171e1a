/** A cell without a picture: nothing chosen yet, or a camera that this person may not see. */
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { endedWhy } from '@/api/cameras';
import { useStore } from '@/state/store';
import { IconLock } from '@/theme/icons';
import { allowDrop, dropped } from './drag';
import type { WallAct } from './wall-state';
import classes from './wall.module.css';

type Props = {
  cell: number;
  isSelected: boolean;
  /** The view names a camera that is not among this person's (any more): its name is not told. */
  lostId: string | null;
  isUnattended: boolean;
  style: CSSProperties;
  change: (act: WallAct) => void;
};

export function EmptyCell({ cell, isSelected, lostId, isUnattended, style, change }: Props) {
  const { t, i18n } = useTranslation('live');
  const why = useStore(endedWhy)[lostId ?? ''];
  const isLost = lostId !== null;
  return (
    <div
      className={`${classes['cell']} ${classes['empty']}`}
      style={style}
      data-tile
      data-cell={cell}
      data-selected={isSelected}
      role="group"
      aria-label={t(isLost ? 'lost_cell' : 'empty_cell', { number: cell + 1 })}
      aria-current={isSelected}
      tabIndex={isSelected ? 0 : -1}
      onFocus={() => change({ do: 'select', cell })}
      onClick={(event) => event.currentTarget.focus()}
      onDragOver={allowDrop}
      onDrop={(event) => {
        const act = dropped(event, cell);
        if (act) change(act);
      }}
    >
      {isLost && <IconLock size={20} />}
      {isLost && why && i18n.exists(`live:authority.${why}`) && <strong>{t(`authority.${why}`)}</strong>}
      {isLost ? <span>{t('lost')}</span> : !isUnattended && <span>{t(isSelected ? 'empty_selected' : 'empty')}</span>}
    </div>
  );
}
