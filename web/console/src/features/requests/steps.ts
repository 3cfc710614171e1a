/** The five short pages of the registration with the check behind them: what keeps each from being left. */
import { endOfDay_us } from '@/time/local-time';
import { type Draft, isInternal } from './draft';
import { momentOf, whyNoMoment } from '@/time/moment';
import { type Wrongs, wrongsOfScope } from './scope';

export const STEPS = ['from', 'letter', 'asked', 'found', 'who', 'check'] as const;
export type Step = (typeof STEPS)[number];

/** What is asked for may not lie behind the service of the letter, which may not lie behind now. */
export function wrongsOf(draft: Draft, step: Step, zone: string, now_us: number): Wrongs {
  switch (step) {
    case 'from':
      return wrongSender(draft);
    case 'letter':
      return wrongLetter(draft, zone, now_us);
    case 'asked': {
      const served_us = momentOf(draft.served, zone);
      const latest = served_us === null ? null : { at_us: served_us, code: 'interval_after_service' };
      return { ...wrongsOfScope(draft, zone, latest), ...needed('subject', draft.subject, 'subject_required') };
    }
    default:
      return {};
  }
}

/** The first page that cannot be left yet, the check itself when all can. */
export function firstOpen(draft: Draft, zone: string, now_us: number): Step {
  return STEPS.find((step) => Object.keys(wrongsOf(draft, step, zone, now_us)).length > 0) ?? 'check';
}

const needed = (field: string, text: string, code: string): Wrongs => (text.trim() === '' ? { [field]: code } : {});

function wrongSender(draft: Draft): Wrongs {
  if (draft.whose === 'applicant') return { whose: 'not_an_authority' };
  const sender = needed('sender', draft.sender, 'letter_sender_missing');
  if (isInternal(draft)) return draft.isJudicial ? { isJudicial: 'judicial_event_needs_authority' } : sender;
  const basis = draft.kind === 'other_official' ? needed('legalBasis', draft.legalBasis, 'legal_basis_missing') : {};
  return { ...(draft.kind === '' ? { kind: 'kind_missing' } : {}), ...sender, ...basis };
}

function wrongLetter(draft: Draft, zone: string, now_us: number): Wrongs {
  const wrongs: Wrongs = { ...needed('letterNo', draft.letterNo, 'letter_no_invalid'), ...needed('letterOn', draft.letterOn, 'day_missing') };
  const day_us = dayStart_us(draft.letterOn, zone);
  if (day_us !== null && day_us > now_us) wrongs['letterOn'] = 'letter_in_future';
  const served = whyNoMoment(draft.served, zone);
  const served_us = momentOf(draft.served, zone);
  if (served) wrongs['served'] = served;
  else if (served_us !== null && served_us > now_us) wrongs['served'] = 'served_in_future';
  else if (served_us !== null && day_us !== null && served_us < day_us) wrongs['served'] = 'served_before_letter';
  if (!isInternal(draft)) return wrongs;
  const olur_us = dayStart_us(draft.olurOn, zone);
  const olurOn = olur_us === null ? 'olur_missing' : olur_us > now_us ? 'letter_in_future' : null;
  return { ...wrongs, ...needed('olurNo', draft.olurNo, 'olur_missing'), ...(olurOn ? { olurOn } : {}) };
}

/** The first moment of a day there; null for what is no day. */
function dayStart_us(day: string, zone: string): number | null {
  const noon_ms = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(noon_ms) ? null : endOfDay_us(new Date(noon_ms - 86_400_000).toISOString().slice(0, 10), zone);
}
