/** What the log's codes are called; a code that this console does not know yet is shown as it is. */
import { useTranslation } from 'react-i18next';

export function useAuditWords() {
  const { t } = useTranslation('audit');
  const say = (group: string) => (code: string) => (code === '' ? '' : t(`${group}.${code}`, { defaultValue: code }));
  const mode = say('mode');
  return {
    act: say('act'),
    outcome: say('outcome'),
    why: say('why'),
    subject: say('subject'),
    detail: say('detail'),
    /** A right's entry names both ways of seeing. */
    mode: (words: string) => words.split(' ').map(mode).join(' + '),
  };
}
