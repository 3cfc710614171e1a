/** The registration as the API takes it. */
import type { AuthorityKind, Channel, RequestBody } from '@/api/footage';
import { type Draft, isInternal } from './draft';
import { momentOf } from '@/time/moment';
import { intervalsOf } from './scope';

/** `draft` has passed every page: nothing of it is missing any more. `letter_id`: of its letter that is registered already. */
export function bodyOf(draft: Draft, zone: string, letter_id: string | null): RequestBody {
  const isOwn = isInternal(draft);
  return {
    key: draft.key || null,
    claim: {
      origin: isOwn ? 'internal' : 'external',
      authority_kind: isOwn ? null : (draft.kind as AuthorityKind),
      legal_basis: !isOwn && draft.kind === 'other_official' ? draft.legalBasis : '',
      is_judicial: isOwn && draft.isJudicial,
      olur_no: isOwn ? draft.olurNo : '',
      olur_on: isOwn ? draft.olurOn : null,
      olur_issuer: isOwn ? draft.olurIssuer : '',
    },
    letter_id,
    letter: letter_id !== null ? null : {
      sender: isOwn ? 'unit' : 'authority',
      sender_name: draft.sender,
      no: draft.letterNo,
      on: draft.letterOn,
      served_us: momentOf(draft.served, zone) ?? 0,
      channel: draft.channel as Channel,
      subject: draft.subject,
      ebys_no: draft.ebysNo,
    },
    cameras: draft.cameras,
    intervals: intervalsOf(draft, zone) ?? [],
    subject: draft.subject,
    file_no: draft.fileNo,
    event_place: draft.place,
  };
}
