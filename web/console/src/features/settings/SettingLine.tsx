/** One setting: what it is, what it says, who says so, what waits. */
import { useTranslation } from 'react-i18next';
import type { Setting, Settings } from '@/api/settings';
import admin from '@/ui/pages.module.css';
import classes from './settings.module.css';
import { useSettingWords } from './words';

/** `article`: on which this very setting stands; empty where its part says it for all. */
export function SettingLine({ one, settings, article }: { one: Setting; settings: Settings; article: string }) {
  const { t } = useTranslation('settings');
  const words = useSettingWords(settings);
  return (
    <div className={classes['line']} data-setting={one.key}>
      <dt>
        {words.name(one)}
        <small>{words.means(one)}</small>
      </dt>
      <dd>
        <span className={classes['value']} lang={one.kind === 'text' || one.kind === 'prose' ? 'tr' : undefined}>{words.say(one, one.value)}</span>
        <span className={classes['marks']}>
          <span className={admin['mark']}>{words.place(one)}</span>
          {article !== '' && <span className={admin['mark']}>{t('article', { article })}</span>}
        </span>
        {one.is_waiting && (
          <span className={classes['waits']}>{one.kind === 'secret' ? t('waits_secret') : t('waits', { value: words.say(one, one.running) })}</span>
        )}
      </dd>
    </div>
  );
}
