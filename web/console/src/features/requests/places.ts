/** Which field of the registration a refusal belongs to, on which page that field is. */
import type { Step } from './steps';

export const FIELD_PLACES: Readonly<Record<string, string>> = {
  not_an_authority: 'kind', legal_basis_missing: 'legalBasis', judicial_event_needs_authority: 'isJudicial', letter_sender_missing: 'sender', letter_sender_differs: 'sender',
  letter_no_invalid: 'letterNo', letter_in_future: 'letterOn', served_in_future: 'served', served_before_letter: 'served', ebys_no_invalid: 'ebysNo', file_no_invalid: 'fileNo',
  olur_missing: 'olurNo', olur_wrong_issuer: 'olurIssuer', cameras_missing: 'cameras', cameras_too_many: 'cameras', camera_not_found: 'cameras', items_too_many: 'cameras', camera_days_too_many: 'intervals',
  intervals_too_many: 'intervals', interval_empty: 'intervals', interval_too_long: 'intervals', interval_after_service: 'intervals', subject_required: 'subject',
  separation_of_duties: 'officer', paper_not_for_role: 'officer', account_disabled: 'officer', not_staff: 'officer', person_missing: 'officer', nda_missing: 'officer',
}; // prettier-ignore

const PAGES: Readonly<Record<Exclude<Step, 'found' | 'check'>, readonly string[]>> = {
  from: ['whose', 'kind', 'legalBasis', 'isJudicial', 'sender'],
  letter: ['letterNo', 'letterOn', 'served', 'channel', 'ebysNo', 'fileNo', 'olurNo', 'olurOn', 'olurIssuer'],
  asked: ['cameras', 'intervals', 'subject', 'place'],
  who: ['officer'],
};

export function stepOfField(field: string): Step {
  const found = (Object.keys(PAGES) as (keyof typeof PAGES)[]).find((step) => PAGES[step].includes(field));
  return found ?? 'check';
}
