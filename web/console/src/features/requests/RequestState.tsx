/** Where a request stands: a shape beside the word, so that no colour is needed to tell them apart. */
import { useTranslation } from 'react-i18next';
import type { RequestRow } from '@/api/footage';
import classes from './requests.module.css';

const SHAPES: Record<RequestRow['state'], string> = {
  registered: '◌', returned: '◆', approved: '◎', available: '●', partially_available: '◐', unavailable: '○', prepared: '▣', delivered: '✓', refused: '✕', closed: '■',
}; // prettier-ignore

export function RequestState({ request: { state, outcome } }: { request: Pick<RequestRow, 'state' | 'outcome'> }) {
  const { t } = useTranslation('requests');
  return (
    <span className={classes['state']} data-tone={state === 'returned' ? 'warning' : 'quiet'}>
      <span aria-hidden="true">{SHAPES[state]}</span> {t(`state.${state}`)}
      {outcome && <small>{t(`outcome.${outcome}`)}</small>}
    </span>
  );
}
