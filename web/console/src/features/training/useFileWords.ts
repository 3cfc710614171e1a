/** What a file is, in words: `Video, 3 dk`, `PDF, 2 sayfa`. */
import { useTranslation } from 'react-i18next';
import type { TrainingVersion } from '@/api/training';
import { minutesOf } from './minutes';

export function useFileWords(): (version: Pick<TrainingVersion, 'pages' | 'duration_ms'>) => string {
  const { t } = useTranslation('training');
  return ({ pages, duration_ms }) => (duration_ms === null ? t('paper', { count: pages ?? 0 }) : t('film', { count: minutesOf(duration_ms) }));
}
