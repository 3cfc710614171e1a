/** How an undecided request should read: only what differs is sent. */
import type { AuthorityKind, RequestCorrection, RequestDetail } from '@/api/footage';

/** `kind` null: an own unit's, which has none. */
export type Correction = { subject: string; fileNo: string; place: string; kind: AuthorityKind | null; legalBasis: string };
type Case = Pick<RequestDetail, 'subject' | 'file_no' | 'event_place' | 'authority_kind' | 'legal_basis' | 'origin' | 'is_judicial'>;

export const correctionOf = (request: Case): Correction => ({
  subject: request.subject, fileNo: request.file_no, place: request.event_place, kind: request.authority_kind, legalBasis: request.legal_basis,
}); // prettier-ignore

export function correctionBody(request: Case, now: Correction): RequestCorrection {
  const before = correctionOf(request);
  const legal_basis = now.kind === 'other_official' ? now.legalBasis.trim() : '';
  const isOther = now.kind !== before.kind || (now.kind === 'other_official' && legal_basis !== before.legalBasis);
  return {
    ...(now.subject.trim() === before.subject ? {} : { subject: now.subject.trim() }),
    ...(now.fileNo.trim() === before.fileNo ? {} : { file_no: now.fileNo.trim() }),
    ...(now.place.trim() === before.place ? {} : { event_place: now.place.trim() }),
    ...(isOther ? { claim: { origin: request.origin, authority_kind: now.kind, legal_basis, is_judicial: request.is_judicial } } : {}),
  };
}
