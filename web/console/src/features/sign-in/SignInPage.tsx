/** `/sign-in`. */
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/types';
import { Mark } from '@/theme/Mark';
import classes from './sign-in.module.css';
import { SignInForm } from './SignInForm';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t, i18n } = useTranslation();
  const { next } = route.useSearch();
  const router = useRouter();
  useEffect(() => {
    document.title = `${t('sign_in.title')} · ${t('product')}`;
  }, [t]);
  const done = async (me: Me) => {
    await i18n.changeLanguage(me.language);
    router.history.push(next ?? '/');
  };
  return (
    <main className={classes['page']}>
      <div className={classes['card']}>
        <div className={classes['brand']}>
          <Mark size={52} />
          <h1>{t('product')}</h1>
        </div>
        <SignInForm onDone={(me) => void done(me)} />
        <p className={classes['policy']}>{t('sign_in.policy')}</p>
      </div>
      <SegmentedControl
        className={classes['language']}
        size="xs"
        aria-label={t('menu.language')}
        value={i18n.language}
        onChange={(language) => void i18n.changeLanguage(language)}
        data={[
          { value: 'tr', label: 'Türkçe' },
          { value: 'en', label: 'English' },
        ]}
      />
    </main>
  );
}
