/** A person's last face-to-face training in words, with the form that was signed for it. */
import { useTranslation } from 'react-i18next';
import type { Person } from '@/api/types';
import { dayOf } from '@/time/format';

export function useTrainingWords(): (person: Pick<Person, 'last_training'>) => string {
  const { t, i18n } = useTranslation('admin');
  return ({ last_training: last }) => {
    if (last === null) return '';
    const paper = last.paper_number && t(last.is_signed ? 'people.training_signed' : 'people.training_printed', { number: last.paper_number });
    return [dayOf(last.begins_us, i18n.language), last.place, paper].filter(Boolean).join(' · ');
  };
}
