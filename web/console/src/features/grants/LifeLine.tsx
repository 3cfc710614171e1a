/** Where a grant stands in its life: the steps in order, the present one marked. */
import { useTranslation } from 'react-i18next';
import type { GrantDetail, GrantState } from '@/api/authority';
import classes from '@/ui/papers.module.css';

const USUAL: GrantState[] = ['draft', 'awaiting_nda', 'awaiting_activation', 'active'];

/** The steps to show: the usual way, then the state it has left that way for. */
export function stepsOf(state: GrantState): GrantState[] {
  if (state === 'cancelled') return ['draft', 'cancelled'];
  return USUAL.includes(state) ? [...USUAL, 'expired'] : [...USUAL, state];
}

export function LifeLine({ grant }: { grant: GrantDetail }) {
  const { t } = useTranslation('authority');
  const steps = stepsOf(grant.state);
  const here = steps.indexOf(grant.state);
  return (
    <ol className={classes['life']} aria-label={t('life')}>
      {steps.map((step, index) => (
        <li key={step} aria-current={index === here ? 'step' : undefined} data-place={index < here ? 'done' : index === here ? 'here' : 'ahead'}>
          {t(`state.${step}`)}
        </li>
      ))}
    </ol>
  );
}
