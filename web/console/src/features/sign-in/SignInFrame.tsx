/** The card that everything before the console stands on, with the choice of a language. */
import { SegmentedControl } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '@/api/types';
import { Mark } from '@/theme/Mark';
import classes from './sign-in.module.css';

type Props = { title: string; isWide?: boolean; onLanguage?: (language: Language) => void; children: ReactNode };

export function SignInFrame({ title, isWide = false, onLanguage, children }: Props) {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    const before = document.title; // of the page that this may stand over
    document.title = `${title} · ${t('product')}`;
    return () => {
      document.title = before;
    };
  }, [title, t]);
  return (
    <main className={classes['page']}>
      <div className={classes['card']} data-wide={isWide || undefined}>
        <div className={classes['brand']}>
          <Mark size={52} />
          <h1>{t('product')}</h1>
        </div>
        {children}
      </div>
      <SegmentedControl
        className={classes['language']}
        size="xs"
        aria-label={t('menu.language')}
        value={i18n.language}
        onChange={(language) => {
          void i18n.changeLanguage(language);
          onLanguage?.(language as Language);
        }}
        data={[
          { value: 'tr', label: 'Türkçe' },
          { value: 'en', label: 'English' },
        ]}
      />
    </main>
  );
}
