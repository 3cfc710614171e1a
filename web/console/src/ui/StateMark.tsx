/** A paper's state: a shape beside the word, so that no colour is needed to tell them apart. */
import { useTranslation } from 'react-i18next';
import classes from './papers.module.css';

const SHAPES: Record<string, string> = {
  active: '●',
  planned: '◷',
  draft: '◌',
  awaiting_nda: '◆',
  awaiting_activation: '◆',
  due: '◆',
  new: '◌',
  suspended: '❚❚',
  overdue: '▲',
  expired: '■',
};
const TONES: Record<string, string> = { awaiting_nda: 'warning', awaiting_activation: 'warning', due: 'warning', overdue: 'alarm' };

export function StateMark({ state }: { state: string }) {
  const { t } = useTranslation('authority');
  return (
    <span className={classes['state']} data-tone={TONES[state] ?? 'quiet'}>
      <span aria-hidden="true">{SHAPES[state] ?? '○'}</span> {t(`state.${state}`)}
    </span>
  );
}
