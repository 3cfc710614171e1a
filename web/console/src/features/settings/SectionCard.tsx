/** One part: whether it works, what it says, where it is changed. */
import { Button, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Check, Section, Settings } from '@/api/settings';
import admin from '@/ui/pages.module.css';
import { CheckLines } from './CheckLines';
import { isChangeable, isOpen } from './draft';
import { sharedArticle } from './order';
import { SettingLine } from './SettingLine';
import classes from './settings.module.css';
import { TestMail } from './TestMail';
import { WhereToChange } from './WhereToChange';
import { wordKey } from './words';

type Props = { section: Section; settings: Settings; checks: readonly Check[]; onChange: () => void };

export function SectionCard({ section, settings, checks, onChange }: Props) {
  const { t } = useTranslation('settings');
  const id = `settings-${wordKey(section.name)}`;
  const title = t(`section.${wordKey(section.name)}.title`, { defaultValue: section.name });
  const article = sharedArticle(section.settings);
  const canChange = isChangeable(settings) && section.settings.some(isOpen);
  return (
    <section className={classes['card']} aria-labelledby={id} data-section={section.name}>
      <div className={classes['cardHead']}>
        <Title order={2} id={id} tabIndex={-1}>{title}</Title>
        {article !== '' && <span className={admin['mark']}>{t('article', { article })}</span>}
        {!section.is_set_up && <span className={classes['off']}>{t('off')}</span>}
        {canChange && (
          <Button variant="default" size="xs" onClick={onChange} aria-label={t(section.is_set_up ? 'change_one' : 'set_up_one', { section: title })}>
            {t(section.is_set_up ? 'change' : 'set_up')}
          </Button>
        )}
      </div>
      <p className={classes['text']}>{t(`section.${wordKey(section.name)}.text`, { defaultValue: '' })}</p>
      <CheckLines checks={checks} />
      {section.name === 'retention' && settings.global_days !== null && <p className={classes['waits']}>{t('global_days', { days: settings.global_days })}</p>}
      {section.is_set_up && (
        <dl className={classes['lines']}>
          {section.settings.map((one) => <SettingLine key={one.key} one={one} settings={settings} article={article === '' ? one.article : ''} />)}
        </dl>
      )}
      {section.name === 'mail' && section.is_set_up && <TestMail address={settings.mail_to} />}
      <WhereToChange section={section} settings={settings} />
    </section>
  );
}
