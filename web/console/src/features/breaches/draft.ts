/** What stands in the form of a breach, from a record, from an entry of the audit log, and what is sent of it. */
import type { Breach, BreachBody, EntryFacts, EvidenceBody } from '@/api/breaches';
import { clockTime } from '@/time/format';
import { localDay, microseconds } from '@/time/local-time';

export type EvidenceKind = 'entry' | 'document' | 'other';
export type EvidenceDraft = { key: number; kind: EvidenceKind; what: string; reference: string };

/** `happened`: `2026-11-28T14:05`, or `2026-11-28` where `isDayOnly`. */
export type Draft = {
  happened: string;
  isDayOnly: boolean;
  noticed: string;
  person_id: string | null;
  person_words: string;
  account_name: string;
  camera_id: string | null;
  place: string;
  what: string;
  affected: string;
  action: string;
  notified: string;
  evidence: EvidenceDraft[];
};
export type Field = 'happened_on' | 'noticed_on' | 'person_id' | 'camera_id' | 'what' | 'action' | 'evidence';

/** Which field a refusal belongs to. */
export const PLACES: Readonly<Record<string, Field>> = {
  breach_in_future: 'happened_on', breach_noticed_before: 'noticed_on', person_not_found: 'person_id', camera_not_found: 'camera_id',
  breach_what_missing: 'what', breach_action_missing: 'action', breach_entry_not_found: 'evidence', document_not_found: 'evidence',
  breach_evidence_missing: 'evidence', breach_evidence_two: 'evidence', breach_evidence_many: 'evidence',
}; // prettier-ignore

export const emptyDraft = (today: string): Draft => ({
  happened: '', isDayOnly: false, noticed: today, person_id: null, person_words: '', account_name: '', camera_id: null, place: '', what: '',
  affected: '', action: '', notified: '', evidence: [],
}); // prettier-ignore

const moment = (at_us: number, zone: string): string => `${localDay(at_us, zone)}T${clockTime(at_us, 'en').slice(0, 5)}`;

/** Everything that the entry knows; what happened, what was done is for people to say. */
export function draftOfEntry(entry: EntryFacts, today: string, zone: string): Draft {
  return {
    ...emptyDraft(today),
    happened: moment(entry.at_us, zone),
    person_id: entry.person_id,
    person_words: entry.person_id === null ? entry.actor_name : '',
    account_name: entry.account_name,
    camera_id: entry.camera_id,
    evidence: [{ key: 1, kind: 'entry', what: entry.words, reference: String(entry.number) }],
  };
}

export function draftOf(breach: Breach, zone: string): Draft {
  return {
    happened: breach.happened_us === null ? breach.happened_on : moment(breach.happened_us, zone),
    isDayOnly: breach.happened_us === null,
    noticed: breach.noticed_on,
    person_id: breach.person_id,
    person_words: breach.person_id === null ? breach.person_name : '',
    account_name: breach.account_name,
    camera_id: breach.camera_id,
    place: breach.place,
    what: breach.what,
    affected: breach.affected,
    action: breach.action,
    notified: breach.notified,
    evidence: breach.evidence.map((one, index) => ({
      key: index + 1,
      kind: one.entry_number !== null ? 'entry' : one.document_number ? 'document' : 'other',
      what: one.what,
      reference: one.entry_number !== null ? String(one.entry_number) : one.document_number || one.reference,
    })),
  };
}

/** What is sent; null while something is missing. */
export function bodyOf(draft: Draft, zone: string): BreachBody | null {
  const happened_us = draft.isDayOnly ? null : microseconds(draft.happened, zone);
  const evidence = draft.evidence.map(evidenceOf);
  const isThere = draft.happened !== '' && (draft.isDayOnly || happened_us !== null) && draft.noticed !== '';
  if (!isThere || draft.what.trim() === '' || draft.action.trim() === '' || !evidence.every((one) => one !== null)) return null;
  const { person_id, person_words, account_name, camera_id, place, what, affected, action, notified } = draft;
  return {
    happened_on: draft.happened.slice(0, 10), happened_us, noticed_on: draft.noticed, person_id, person_words: person_id === null ? person_words : '',
    account_name, camera_id, place, what, affected, action, notified, evidence,
  }; // prettier-ignore
}

function evidenceOf({ kind, what, reference }: EvidenceDraft): EvidenceBody | null {
  const number = Number(reference);
  if (what.trim() === '' || (kind === 'document' && reference.trim() === '')) return null;
  if (kind === 'entry' && !(Number.isSafeInteger(number) && number > 0)) return null;
  return {
    what,
    entry_number: kind === 'entry' ? number : null,
    document_number: kind === 'document' ? reference : '',
    reference: kind === 'other' ? reference : '',
  };
}

export const isTyped = (draft: Draft, before: Draft): boolean => JSON.stringify(draft) !== JSON.stringify(before);
