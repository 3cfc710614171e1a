/** Where somebody begins: what their duty asks of them first. */
import type { Me, Role } from '@/api/types';

type Home = '/live' | '/assignments' | '/my-unit' | '/grants' | '/letters' | '/requests' | '/statistics' | '/health' | '/audit' | '/admin';

const FIRST: readonly (readonly [Role, Home])[] = [
  ['guard', '/live'],
  ['guard_supervisor', '/assignments'],
  ['registry_clerk', '/letters'],
  ['unit_supervisor', '/my-unit'],
  ['footage_officer', '/requests'],
  ['legal_reviewer', '/requests'],
  ['technician', '/health'],
  ['vms_unit_head', '/health'],
  ['branch_manager', '/health'],
  ['department_head', '/statistics'],
  ['auditor', '/audit'],
  ['sysadmin', '/admin'],
];

/** Who may see a camera now begins with its pictures; everybody else with the first page of theirs that there is. */
export const homeOf = (me: Pick<Me, 'roles'> | null | undefined, hasPictures: boolean): Home =>
  hasPictures ? '/live' : (FIRST.find(([role]) => me?.roles.includes(role))?.[1] ?? '/live');
