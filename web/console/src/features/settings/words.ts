/** What settings are called, what they say, where that comes from. */
import { useTranslation } from 'react-i18next';
import type { Setting, Settings, Value } from '@/api/settings';

/** A key of the file as a key of the words, in which a dot leads deeper. */
export const wordKey = (key: string): string => key.replaceAll('.', '-');

export const fileName = (settings: Settings): string => settings.file.split('/').at(-1) ?? settings.file;

export function useSettingWords(settings: Settings) {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const file = fileName(settings);
  const option = (one: Setting, word: string): string =>
    one.key === 'sign_in.second_factor_exempt' ? common(`role.${word}`, { defaultValue: word }) : t(`option.${word}`, { defaultValue: word });
  const say = (one: Setting, value: Value): string => {
    if (one.kind === 'secret') return t(one.is_set ? 'set' : 'not_set');
    if (value === null || value === '') return one.kind === 'prose' ? t('own_words') : t(one.kind === 'switch' ? 'auto' : 'none');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value) && one.key.startsWith('initials.')) return value.length === 0 ? t('none') : value.join(' → ');
    if (Array.isArray(value)) return value.length === 0 ? t('none') : value.map((word) => option(one, word)).join('; ');
    return one.kind === 'choice' ? option(one, String(value)) : String(value);
  };
  const place = (one: Setting): string => {
    if (one.source === 'variable') return t('source.variable', { variable: one.variable });
    if (one.source === 'file') return t(one.line === null ? 'source.file' : 'source.file_line', { file, line: one.line });
    return t(`source.${one.source}`);
  };
  return {
    file,
    option,
    say,
    place,
    name: (one: Setting) => t(`setting.${wordKey(one.key)}.name`, { defaultValue: one.key }),
    means: (one: Setting) => t(`setting.${wordKey(one.key)}.means`, { defaultValue: '' }),
    locked: (one: Setting) => t(one.source === 'variable' ? 'by_variable' : 'by_hand', { place: place(one) }),
  };
}
