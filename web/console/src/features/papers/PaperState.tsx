/** Where a paper stands: a shape beside the word, so that no colour is needed to tell them apart. */
import { useTranslation } from 'react-i18next';
import type { Paper } from '@/api/papers';
import classes from './papers.module.css';

const SHAPES: Record<Paper['state'], string> = { draft: '◇', issued: '◌', signed: '✓', superseded: '■', cancelled: '✕' };

/** A signed one says how it was signed; one that is to be initialled first, by whom. */
export function PaperState({ state, signature_kind, awaits_initials_of = '' }: Pick<Paper, 'state' | 'signature_kind'> & Partial<Pick<Paper, 'awaits_initials_of'>>) {
  const { t } = useTranslation('papers');
  const key = state === 'signed' && signature_kind ? `signed.${signature_kind}` : awaits_initials_of !== '' ? 'state.initials' : `state.${state}`;
  return (
    <span className={classes['state']} data-state={state}>
      <span aria-hidden="true">{SHAPES[state]}</span> {t(key, { title: awaits_initials_of })}
    </span>
  );
}
