/** Acts in the groups by which people look for them. */
import type { Act } from '@/api/audit';

export const GROUPS = {
  watching: ['view_opened', 'view_ended', 'view_refused', 'recording_attempt'],
  sign_in: [
    'signed_in', 'sign_in_refused', 'signed_out', 'session_ended', 'parallel_use', 'policy_accepted', 'second_factor_set',
    'second_factor_reset', 'recovery_code_used',
  ],
  people: [
    'account_created', 'account_changed', 'account_linked', 'account_password_set', 'account_disabled', 'account_enabled',
    'role_given', 'role_taken', 'person_registered', 'person_changed', 'person_left', 'person_returned', 'unit_registered',
    'unit_changed', 'unit_closed', 'unit_reopened',
  ],
  authority: [
    'right_granted', 'right_revoked', 'grant_entered', 'grant_changed', 'grant_cancelled', 'grant_activated', 'grant_suspended',
    'grant_reinstated', 'grant_ended', 'renewal_registered', 'grant_renewed', 'agreement_signed', 'agreement_withdrawn',
    'agreement_text_introduced', 'duty_changed', 'post_opened', 'post_changed', 'post_closed', 'guard_assigned',
    'assignment_ended', 'shared_account_reviewed', 'work_order_opened', 'work_order_closed', 'breach_recorded',
    'breach_changed',
  ],
  documents: ['document_drafted', 'document_issued', 'document_initialled', 'document_signed', 'document_superseded', 'document_cancelled', 'document_read'],
  footage: [
    'letter_registered', 'letter_changed', 'letter_filed', 'letter_read', 'letter_assigned', 'letter_done', 'ebys_told', 'ebys_numbered', 'ebys_differs', 'request_registered',
    'request_changed', 'request_assigned', 'request_approved', 'request_returned', 'request_completed', 'request_refused',
    'request_searched', 'request_withdrawn', 'request_closed', 'export_ordered', 'export_built', 'export_failed', 'export_given_up', 'export_begun',
    'export_part_given', 'export_taken',
    'export_passphrase_shown', 'export_purged', 'delivery_prepared', 'delivery_signed', 'delivered', 'locks_placed', 'hold_placed', 'hold_signed', 'hold_released',
    'hold_expired', 'hold_void', 'hold_linked', 'hold_asked', 'hold_ask_answered', 'application_registered',
    'application_answered',
  ],
  training: [
    'training_added', 'training_changed', 'training_uploaded', 'training_published', 'training_withdrawn', 'training_acknowledged',
    'training_held', 'training_corrected', 'training_called_off',
  ],
  cameras: ['camera_registered', 'camera_changed', 'camera_retired', 'setting_changed', 'clock_confirmed', 'locks_confirmed'],
  views: ['saved_view_created', 'saved_view_changed', 'saved_view_deleted', 'tour_created', 'tour_changed', 'tour_deleted'],
  log: ['web_started', 'web_stopped', 'audit_read', 'audit_exported', 'audit_verified'],
} as const satisfies Record<string, readonly Act[]>;

export type Group = keyof typeof GROUPS;
/** One act, or all of a group. */
export type ActKind = Group | Act;

export const GROUP_NAMES = Object.keys(GROUPS) as Group[];
const KNOWN = new Set<string>([...GROUP_NAMES, ...Object.values(GROUPS).flat()]);

export const isActKind = (value: unknown): value is ActKind => typeof value === 'string' && KNOWN.has(value);

/** The acts that a choice means. */
export const actsOf = (kind: ActKind): Act[] => (kind in GROUPS ? [...GROUPS[kind as Group]] : [kind as Act]);
