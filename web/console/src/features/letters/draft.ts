/** What a clerk types of a letter; what keeps it from being saved; what of it changed. */
import type { LetterPackage } from '@/api/eyp';
import type { Channel } from '@/api/footage';
import type { Letter, LetterBody, LetterChange, Sender } from '@/api/letters';
import { momentOf, type Typed, typedOf, UNTYPED } from '@/time/moment';

export type LetterDraft = { sender: Sender; senderName: string; no: string; on: string; served: Typed; channel: Channel; subject: string; ebysNo: string; ebysOn: string };

export const EMPTY: LetterDraft = { sender: 'authority', senderName: '', no: '', on: '', served: UNTYPED, channel: 'ebys', subject: '', ebysNo: '', ebysOn: '' };

/** Which field a refusal belongs to. */
export const PLACES: Readonly<Record<string, keyof LetterDraft>> = {
  letter_sender_missing: 'senderName', letter_no_invalid: 'no', letter_in_future: 'on', served_in_future: 'served', served_before_letter: 'served',
  interval_after_service: 'served', subject_required: 'subject', ebys_no_invalid: 'ebysNo',
}; // prettier-ignore

export const draftOf = (letter: Letter, zone: string): LetterDraft => ({
  sender: letter.sender, senderName: letter.sender_name, no: letter.no, on: letter.on, served: typedOf(letter.served_us, zone), channel: letter.channel,
  subject: letter.subject, ebysNo: letter.ebys_no, ebysOn: letter.ebys_on ?? '',
}); // prettier-ignore

/** The letter as the API takes it; null while something that it needs is missing. */
export function bodyOf(draft: LetterDraft, zone: string): LetterBody | null {
  const served_us = momentOf(draft.served, zone);
  const { sender, channel } = draft;
  const [sender_name, no, subject, ebys_no] = [draft.senderName, draft.no, draft.subject, draft.ebysNo].map((text) => text.trim()) as [string, string, string, string];
  if (served_us === null || !draft.on || !sender_name || !no || !subject) return null;
  return { sender, sender_name, no, on: draft.on, served_us, channel, subject, ebys_no, ebys_on: draft.ebysOn || null };
}

/** What a package says of its letter stands in the fields that were left empty. */
export const filledFrom = (draft: LetterDraft, found: LetterPackage): LetterDraft => ({
  ...draft,
  senderName: draft.senderName || found.sender_name,
  no: draft.no || found.no,
  on: draft.on || (found.on ?? ''),
  subject: draft.subject || found.subject,
});

/** Only what is another than before: a letter that was decided on takes its EBYS number, and nothing else. */
export function changeOf(body: LetterBody, before: Letter): LetterChange {
  const { sender_name, no, on, served_us, subject, ebys_no, ebys_on } = body;
  const now: LetterChange = { sender_name, no, on, served_us, subject, ebys_no, ebys_on };
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== before[name as keyof LetterChange] && value !== null));
}
