/** Where a request stands in its life: the steps in order, the present one marked. */
import { useTranslation } from 'react-i18next';
import type { RequestRow } from '@/api/footage';
import grants from '@/ui/papers.module.css';
import { stepsOf } from './life';

export function LifeLine({ request }: { request: Pick<RequestRow, 'state' | 'outcome'> }) {
  const { t } = useTranslation('requests');
  const steps = stepsOf(request.state, request.outcome);
  const here = steps.indexOf(request.state);
  return (
    <ol className={grants['life']} aria-label={t('life')}>
      {steps.map((step, index) => (
        <li key={step} aria-current={index === here ? 'step' : undefined} data-place={index < here ? 'done' : index === here ? 'here' : 'ahead'}>
          {t(index > here && step === 'available' ? 'state.found' : `state.${step}`)}
        </li>
      ))}
    </ol>
  );
}
