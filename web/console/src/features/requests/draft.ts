/** What was typed into the registration, kept over a reload and an ended session: a form never loses text. */
import { useEffect, useState } from 'react';
import type { LetterPackage } from '@/api/eyp';
import type { Letter } from '@/api/footage';
import { newKey } from '@/api/once';
import { type Typed, typedOf, UNTYPED } from '@/time/moment';
import { NO_SCOPE, type ScopeDraft } from './scope';

/** Whose request it is; `applicant`: somebody who may only apply. */
export type Whose = 'external' | 'internal' | 'applicant';

export type Draft = ScopeDraft & {
  whose: Whose;
  kind: string;
  sender: string;
  legalBasis: string;
  isJudicial: boolean;
  olurNo: string;
  olurOn: string;
  olurIssuer: string;
  letterNo: string;
  letterOn: string;
  served: Typed;
  channel: string;
  ebysNo: string;
  fileNo: string;
  subject: string;
  place: string;
  officer: string | null;
  /** Names this registration; empty: not begun yet. */
  key: string;
};

const KEY = 'nazar.request-draft';
export const EMPTY: Draft = {
  ...NO_SCOPE, whose: 'external', kind: '', sender: '', legalBasis: '', isJudicial: false, olurNo: '', olurOn: '', olurIssuer: 'presidency',
  letterNo: '', letterOn: '', served: UNTYPED, channel: 'ebys', ebysNo: '', fileNo: '', subject: '', place: '', officer: null, key: '',
}; // prettier-ignore

/** The draft that `text` holds; an empty one when it holds none. */
export function draftFrom(text: string | null): Draft {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    return kept && typeof kept === 'object' ? { ...EMPTY, ...kept } : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** What a letter that is in the register already says of it. */
export const draftOfLetter = (letter: Letter, zone: string): Partial<Draft> => ({
  whose: letter.sender === 'unit' ? 'internal' : 'external', sender: letter.sender_name, letterNo: letter.no, letterOn: letter.on, served: typedOf(letter.served_us, zone),
  channel: letter.channel, ebysNo: letter.ebys_no, subject: letter.subject,
}); // prettier-ignore

/** What an e-Yazışma package says of the letter, for the fields that were left empty. */
export const draftOfPackage = (draft: Draft, found: LetterPackage): Partial<Draft> => ({
  sender: draft.sender || found.sender_name, letterNo: draft.letterNo || found.no, letterOn: draft.letterOn || (found.on ?? ''), subject: draft.subject || found.subject,
}); // prettier-ignore

export const isInternal = (draft: Pick<Draft, 'whose'>): boolean => draft.whose === 'internal';

const named = (draft: Draft): Draft => (draft.key === '' ? { ...draft, key: newKey() } : draft);

/** `letter`: in the register already; a draft on it is kept beside the one that begins with nothing. */
export function useDraft(letter: Letter | null, zone: string) {
  const key = letter ? `${KEY}.${letter.id}` : KEY;
  const empty = letter ? { ...EMPTY, ...draftOfLetter(letter, zone) } : EMPTY;
  const [draft, setDraft] = useState(() => {
    const kept = sessionStorage.getItem(key);
    return named(kept === null ? empty : draftFrom(kept));
  });
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(draft)), [key, draft]);
  return {
    draft,
    set: (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more })),
    forget: () => {
      sessionStorage.removeItem(key);
      setDraft(named(empty));
    },
  };
}
