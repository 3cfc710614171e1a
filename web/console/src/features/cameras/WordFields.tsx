/** Number, name, place: what a camera is known by. */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from '@/ui/papers.module.css';

export type WordsDraft = { number: string; name: string; site: string };
export type WordField = 'number' | 'name' | 'site' | 'from_us';

/** Which field a refusal belongs to. */
export const PLACES: Readonly<Record<string, WordField>> = {
  number_invalid: 'number', camera_number_taken: 'number', name_invalid: 'name', site_invalid: 'site', placement_same: 'site',
  placement_in_future: 'from_us', placement_overlaps: 'from_us',
}; // prettier-ignore

type Words = { number: number; name: string; site: string };
export const draftOf = ({ number, name, site }: Words): WordsDraft => ({ number: String(number), name, site });

/** What differs from `words`, as the server takes it; a number that is none is told as 0, which it refuses. */
export function differing(draft: WordsDraft, words: Words): Partial<Words> {
  const number = /^\d{1,9}$/.test(draft.number.trim()) ? Number(draft.number) : 0;
  return {
    ...(number === words.number ? {} : { number }),
    ...(draft.name.trim() === words.name ? {} : { name: draft.name }),
    ...(draft.site.trim() === words.site ? {} : { site: draft.site }),
  };
}

type Props = { draft: WordsDraft; at: (field: WordField) => string | null; onChange: (draft: WordsDraft) => void };

export function WordFields({ draft, at, onChange }: Props) {
  const { t } = useTranslation('cameras');
  return (
    <>
      <TextInput autoFocus label={t('field.site')} description={t('field.site_hint')} lang="tr" maxLength={120} value={draft.site} error={at('site')} onChange={(event) => onChange({ ...draft, site: event.currentTarget.value })} />
      <div className={classes['pair']}>
        <TextInput label={t('field.name')} required withAsterisk={false} lang="tr" maxLength={120} value={draft.name} error={at('name')} onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })} />
        <TextInput label={t('field.number')} required withAsterisk={false} inputMode="numeric" maxLength={6} value={draft.number} error={at('number')} onChange={(event) => onChange({ ...draft, number: event.currentTarget.value })} />
      </div>
    </>
  );
}
