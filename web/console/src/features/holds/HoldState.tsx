/** Where a hold stands: a shape beside the word. One that waits for its signature keeps all the same. */
import { useTranslation } from 'react-i18next';
import type { Hold } from '@/api/holds';
import classes from '@/features/requests/requests.module.css';

const SHAPES: Record<Hold['state'], string> = { open: '◆', active: '●', released: '■', expired: '■', void: '✕' };

export function HoldState({ hold: { state } }: { hold: Pick<Hold, 'state'> }) {
  const { t } = useTranslation('holds');
  return (
    <span className={classes['state']} data-tone={state === 'open' ? 'warning' : 'quiet'}>
      <span aria-hidden="true">{SHAPES[state]}</span> {t(`state.${state}`)}
    </span>
  );
}
