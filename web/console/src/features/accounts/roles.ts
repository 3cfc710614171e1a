/** The roles in the order of the requirements, and which ones an account of a kind may hold. */
import type { AccountKind, Role } from '@/api/types';

export const KINDS: readonly AccountKind[] = ['personal', 'shared', 'service'];

export const ROLES: readonly Role[] = [
  'guard', 'guard_supervisor', 'authorised_viewer', 'unit_supervisor', 'registry_clerk', 'footage_officer',
  'legal_reviewer', 'technician', 'vms_unit_head', 'branch_manager', 'department_head', 'general_secretary',
  'commission_member', 'asset_receiver', 'publisher', 'strategy_unit', 'board_member', 'project_adviser',
  'design_approver', 'test_team_member', 'panel_user', 'data_owner', 'auditor', 'sysadmin', 'shared_account',
  'api_client',
];

/** In the order above; an auditor holds no other role. The server decides again. */
export function choicesFor(allowed: readonly Role[], held: readonly Role[]): Role[] {
  if (held.includes('auditor')) return [];
  return ROLES.filter((role) => allowed.includes(role) && !held.includes(role) && (role !== 'auditor' || held.length === 0));
}
