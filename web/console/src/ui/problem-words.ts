/** The sentence a person reads of a refusal. */
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { clockTime } from '@/time/format';

/** Our own sentence where we have one for the code, else the server's, which is in the asked language. */
export function useProblemWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    if (!(error instanceof Problem)) return t('error.server_error');
    if (error.code === 'separation_of_duties') return `${t(`apart.did.${String(error.facts['done'])}`)}; ${t(`apart.must.${String(error.facts['duty'])}`)}`;
    const until = error.facts['until_us'];
    const values = { number: error.facts['number'], title: error.facts['title'], ...(typeof until === 'number' && { until: clockTime(until, i18n.language) }) };
    const key = `error.${error.code}`;
    if (i18n.exists(key)) return t(key, values);
    return error.detail || t('error.server_error');
  };
}
