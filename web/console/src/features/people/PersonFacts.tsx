/** A person for who may look but not change. */
import { useTranslation } from 'react-i18next';
import type { Person } from '@/api/types';
import classes from '@/ui/pages.module.css';
import { useTrainingWords } from './training-words';

export function PersonFacts({ person }: { person: Person }) {
  const { t } = useTranslation('admin');
  const trained = useTrainingWords()(person);
  const facts = [
    ['registry_no', person.registry_no],
    ['title', person.title],
    ['unit_id', person.unit_path],
    ['employment_kind', t(`employment.${person.employment_kind}`)],
    ['phone', person.phone],
    ['email', person.email],
    ['last_training', trained],
  ] as const;
  return (
    <dl className={classes['facts']}>
      {facts.map(([field, value]) => (
        <div key={field} style={{ display: 'contents' }}>
          <dt>{t(`field.${field}`)}</dt>
          <dd>{value || '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
