/** Who takes footage, as it is typed: nobody unknown is given any (edge-49). */
import type { Delivery, ReceiverBody } from '@/api/deliveries';

export type ReceiverDraft = Required<ReceiverBody>;

export const NOBODY: ReceiverDraft = { name: '', title: '', institution: '', identity_no: '', identity_seen: '' };

/** Whom the minutes name; else nobody, of the institution that asked. */
export const receiverOf = (receiver: Delivery['receiver'], institution: string): ReceiverDraft => receiver ?? { ...NOBODY, institution };

/** Without spaces around, as the server takes it; null while name or number is missing. */
export function receiverBody(draft: ReceiverDraft): ReceiverDraft | null {
  const { name, title, institution, identity_no, identity_seen } = draft;
  const body = { name: name.trim(), title: title.trim(), institution: institution.trim(), identity_no: identity_no.trim(), identity_seen: identity_seen.trim() };
  return body.name !== '' && body.identity_no !== '' ? body : null;
}
