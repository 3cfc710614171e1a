/** Which lines of which file to write on the server, and what to restart then. */
import { useTranslation } from 'react-i18next';
import type { Section, Settings } from '@/api/settings';
import { exampleOf } from './order';
import classes from './settings.module.css';
import { wordKey } from './words';

export function WhereToChange({ section, settings }: { section: Section; settings: Settings }) {
  const { t } = useTranslation('settings');
  const byHand = section.settings.filter((one) => one.locked === 'file_only');
  if (byHand.length === 0) return null;
  const title = t(`section.${wordKey(section.name)}.title`, { defaultValue: section.name });
  const units = section.processes.map((one) => (one === 'recorder' ? "'nazar-recorder@*'" : `nazar-${one}`)).join(' ');
  return (
    <details className={classes['where']}>
      <summary>{t('where.title', { section: title })}</summary>
      <p>{t(settings.has_file ? 'where.file' : 'where.new_file', { file: settings.file })}</p>
      <pre tabIndex={0}>{exampleOf(byHand)}</pre>
      {byHand.some(({ kind }) => kind === 'secret') && <p>{t('where.secret')}</p>}
      <p>{t('where.then')}</p>
      <pre tabIndex={0}>{`systemctl restart nazar\n# ${units}`}</pre>
    </details>
  );
}
