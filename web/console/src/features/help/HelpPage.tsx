import { Button, Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSetLanguage } from '@/api/session';
import { KeyTable } from './KeyTable';
import { StateList } from './StateList';
import classes from './help.module.css';

const LANGUAGES = [
  ['tr', 'Türkçe'],
  ['en', 'English'],
] as const;

/** `/help`: the keys, what the signs on a picture mean, the languages. */
export function HelpPage() {
  const { t, i18n } = useTranslation('help');
  const keep = useSetLanguage();
  const choose = (language: 'tr' | 'en') => {
    void i18n.changeLanguage(language);
    keep.mutate(language);
  };
  return (
    <div className={classes['page']}>
      <Stack gap="xl">
        <Title order={1}>{t('title')}</Title>
        <section aria-labelledby="help-keys">
          <Title order={2} id="help-keys">
            {t('keys.title')}
          </Title>
          <p className={classes['hint']}>{t('keys.hint')}</p>
          <KeyTable />
        </section>
        <section aria-labelledby="help-states">
          <Title order={2} id="help-states">
            {t('states.title')}
          </Title>
          <StateList />
        </section>
        <section aria-labelledby="help-rules">
          <Title order={2} id="help-rules">
            {t('rules.title')}
          </Title>
          <p>{t('rules.text')}</p>
        </section>
        <section aria-labelledby="help-language">
          <Title order={2} id="help-language">
            {t('language.title')}
          </Title>
          <Group mt="xs">
            {LANGUAGES.map(([language, name]) => (
              <Button
                key={language}
                lang={language}
                variant={i18n.language === language ? 'filled' : 'default'}
                aria-pressed={i18n.language === language}
                onClick={() => choose(language)}
              >
                {name}
              </Button>
            ))}
          </Group>
        </section>
      </Stack>
    </div>
  );
}
