/** What was typed into the application, kept over a reload and an ended session: a form never loses text. */
import { useEffect, useState } from 'react';
import type { GrantContent } from '@/api/authority';

export type Draft = {
  account: string | null;
  olurNo: string;
  olurOn: string;
  issuer: string;
  endsOn: string;
  cameras: string[];
  isLive: boolean;
  isPlayback: boolean;
  days: number;
  purpose: string;
  agreementOn: string;
  training: string;
};

const KEY = 'nazar.grant-draft';
export const EMPTY: Draft = {
  account: null, olurNo: '', olurOn: '', issuer: 'presidency', endsOn: '', cameras: [], isLive: true, isPlayback: false, days: 180,
  purpose: '', agreementOn: '', training: '',
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

/** The draft as the API takes it, the person apart. */
export function contentOf(draft: Draft): GrantContent {
  const olur = { no: draft.olurNo.trim(), on: draft.olurOn, issuer: draft.issuer, ends_on: draft.endsOn || null };
  return {
    scope: { cameras: draft.cameras, is_live: draft.isLive, is_playback: draft.isPlayback },
    purpose: draft.purpose,
    olur: olur.no ? olur : null,
    days: draft.days,
    training: draft.training,
  };
}

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
