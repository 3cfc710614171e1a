/** What was typed into the registration, kept over a reload and an ended session: a form never loses text. */
import { useEffect, useState } from 'react';
import { type Typed, UNTYPED } from './moment';
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
};

const KEY = 'nazar.request-draft';
export const EMPTY: Draft = {
  ...NO_SCOPE, whose: 'external', kind: '', sender: '', legalBasis: '', isJudicial: false, olurNo: '', olurOn: '', olurIssuer: 'presidency',
  letterNo: '', letterOn: '', served: UNTYPED, channel: 'ebys', ebysNo: '', fileNo: '', subject: '', place: '', officer: null,
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

export const isInternal = (draft: Pick<Draft, 'whose'>): boolean => draft.whose === 'internal';

export function useDraft() {
  const [draft, setDraft] = useState(() => draftFrom(sessionStorage.getItem(KEY)));
  useEffect(() => sessionStorage.setItem(KEY, JSON.stringify(draft)), [draft]);
  return {
    draft,
    set: (more: Partial<Draft>) => setDraft((before) => ({ ...before, ...more })),
    forget: () => {
      sessionStorage.removeItem(KEY);
      setDraft(EMPTY);
    },
  };
}
