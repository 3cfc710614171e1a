/** Refusals about viewing authority: neither another transport nor another try changes them. */
export const AUTHORITY_CODES = [
  'no_grant',
  'no_assignment',
  'mode_not_granted',
  'playback_needs_olur',
  'grant_expired',
  'grant_revoked',
  'nda_missing',
  'review_overdue',
  'shared_account_not_allowed',
  'work_order_closed',
] as const;
