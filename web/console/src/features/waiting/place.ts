/** Where something that waits is done. */
import type { Reminder } from '@/api/reminders';
import type { Action } from '@/api/types';

export type Place = { to: '/grants'; search: { show: 'unrenewed' } } | { to: '/me' | '/grants' | '/shared-accounts' | '/training' | '/letters/tasks' } | { to: '/grants/$id' | '/requests/$id'; params: { id: string } } | { to: '/documents'; search: { open: string } };

/** The page on which this person can do it; null where it is done with a pen, or by somebody else. */
export function placeOf(one: Pick<Reminder, 'kind' | 'subject_id'>, actions: readonly Action[]): Place | null {
  const sees = actions.includes('see_authority');
  switch (one.kind) {
    case 'grant_ends':
    case 'password_waits':
    case 'agreement_missing':
      return { to: '/me' };
    case 'staff_grant_ends':
    case 'approval_waits':
      return sees ? { to: '/grants/$id', params: { id: one.subject_id } } : null;
    case 'staff_agreement_missing':
      return sees ? { to: '/grants' } : null;
    case 'unrenewed_month':
      return sees ? { to: '/grants', search: { show: 'unrenewed' } } : null;
    case 'training_missing':
      return { to: '/training' };
    case 'letter_given':
    case 'letter_due':
      return { to: '/letters/tasks' };
    case 'initials_wait':
      return { to: '/documents', search: { open: one.subject_id } };
    case 'signature_waits':
      return { to: '/requests/$id', params: { id: one.subject_id } };
    case 'review_due':
      return sees ? { to: '/shared-accounts' } : null;
  }
}
