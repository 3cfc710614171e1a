/** Where a paper stands: a shape beside the word, so that no colour is needed to tell them apart. */
import { useTranslation } from 'react-i18next';
import type { Paper } from '@/api/papers';
import classes from './papers.module.css';

const SHAPES: Record<Paper['state'], string> = { draft: '◇', issued: '◌', signed: '✓', superseded: '■', cancelled: '✕' };

/** A signed one says how it was signed. */
export function PaperState({ state, signature_kind }: Pick<Paper, 'state' | 'signature_kind'>) {
  const { t } = useTranslation('papers');
  return (
    <span className={classes['state']} data-state={state}>
      <span aria-hidden="true">{SHAPES[state]}</span> {t(state === 'signed' && signature_kind ? `signed.${signature_kind}` : `state.${state}`)}
    </span>
  );
}
