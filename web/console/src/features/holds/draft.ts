/** What was typed into a new hold, kept over a reload and an ended session: a form never loses text. */
import { useEffect, useState } from 'react';
import type { Basis, HoldAsk, HoldBody } from '@/api/holds';
import { newKey } from '@/api/once';
import { momentOf, type Typed, typedOf, UNTYPED, whyNoMoment } from '@/time/moment';
import { intervalsOf, NO_SCOPE, type ScopeDraft, type Wrongs, wrongsOfScope } from '@/features/requests/scope';
import type { NewHoldSearch } from './search';

export type HoldDraft = ScopeDraft & { basis: Basis; institution: string; contact: string; askedHow: string; incident: string; place: string; incidentAt: Typed; reason: string; key: string };

const KEY = 'nazar.hold-draft';
export const EMPTY: HoldDraft = { ...NO_SCOPE, basis: 'unwritten_request', institution: '', contact: '', askedHow: '', incident: '', place: '', incidentAt: UNTYPED, reason: '', key: '' };

/** The draft that `text` holds; an empty one when it holds none. */
export function draftFrom(text: string | null): HoldDraft {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    return kept && typeof kept === 'object' ? { ...EMPTY, ...kept } : EMPTY;
  } catch {
    return EMPTY;
  }
}

const SECOND_US = 1_000_000;

/** A hold for what somebody asked to be kept: the second that it ends in is kept whole. */
export function draftOfAsk({ camera_id, start_us, end_us, reason }: HoldAsk, zone: string): HoldDraft {
  return { ...EMPTY, basis: 'pre_investigation', incident: reason, reason, cameras: [camera_id], intervals: [{ from: typedOf(start_us, zone), until: typedOf(Math.ceil(end_us / SECOND_US) * SECOND_US, zone) }] };
}

/** What keeps it from being placed, by field: only what was recorded by now can be held. */
export function wrongsOf(draft: HoldDraft, zone: string, now_us: number): Wrongs {
  const wrongs = wrongsOfScope(draft, zone, { at_us: now_us, code: 'interval_in_future' });
  if (draft.basis === 'unwritten_request' && draft.institution.trim() === '') wrongs['institution'] = 'institution_required';
  if (draft.basis === 'pre_investigation' && draft.incident.trim() === '') wrongs['incident'] = 'incident_required';
  const incidentAt = draft.incidentAt.text === '' ? null : whyNoMoment(draft.incidentAt, zone);
  if (draft.basis === 'pre_investigation' && incidentAt) wrongs['incidentAt'] = incidentAt;
  if (draft.reason.trim() === '') wrongs['reason'] = 'reason_required';
  return wrongs;
}

/** What was typed for the other basis is not sent. */
export function bodyOf(draft: HoldDraft, zone: string): HoldBody {
  const isAsked = draft.basis === 'unwritten_request';
  return {
    key: draft.key || null,
    basis: draft.basis,
    reason: draft.reason.trim(),
    institution: isAsked ? draft.institution : '',
    contact: isAsked ? draft.contact : '',
    asked_how: isAsked ? draft.askedHow : '',
    incident: isAsked ? '' : draft.incident,
    place: isAsked ? '' : draft.place,
    incident_us: isAsked ? null : momentOf(draft.incidentAt, zone),
    cameras: draft.cameras,
    intervals: intervalsOf(draft, zone) ?? [],
  };
}

/** Under its name it may be sent again without a twin. */
const named = (draft: HoldDraft): HoldDraft => (draft.key === '' ? { ...draft, key: newKey() } : draft);

/** What an ask or a link begins it with goes before what was kept. */
export function useDraft(first: HoldDraft | null, search: NewHoldSearch) {
  const [draft, setDraft] = useState(() => named(first ?? { ...draftFrom(sessionStorage.getItem(KEY)), ...(search.basis ? { basis: search.basis } : {}) }));
  useEffect(() => {
    if (first === null) sessionStorage.setItem(KEY, JSON.stringify(draft)); // an ask's begins from the ask again
  }, [draft, first]);
  return {
    draft,
    set: (more: Partial<HoldDraft>) => setDraft((before) => ({ ...before, ...more })),
    forget: () => sessionStorage.removeItem(KEY),
  };
}
