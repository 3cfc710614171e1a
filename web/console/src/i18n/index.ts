/** Two languages, Turkish first; a language or a page's words are fetched when they are needed. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@/api/types';

const files = import.meta.glob<{ default: Record<string, unknown> }>('./*/*.json');
const KEY = 'nazar.language';

export const languageNow = (): Language => (i18next.language === 'en' ? 'en' : 'tr');

/** The language chosen on this machine, else the browser's, else Turkish. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === 'tr' || kept === 'en') return kept;
  return navigator.language.startsWith('en') ? 'en' : 'tr';
}

export async function startWords(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    localStorage.setItem(KEY, language);
  });
  await i18next
    .use({
      type: 'backend' as const,
      read: (language: string, namespace: string, done: (error: unknown, words: Record<string, unknown> | false) => void) => {
        const file = files[`./${language}/${namespace}.json`];
        if (!file) return done(new Error(`no words: ${language}/${namespace}`), false);
        file().then(
          (module) => done(null, module.default),
          (error: unknown) => done(error, false),
        );
      },
    })
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: ['tr', 'en'],
      fallbackLng: false,
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}
