import { describe, expect, it } from 'vitest';
import { homeOf } from './home';

describe('the first page', () => {
  it('shows pictures to whom may see some, whatever else they do', () => {
    expect(homeOf({ roles: ['sysadmin'] }, true)).toBe('/live');
  });
  it('is what the duty asks first', () => {
    expect(homeOf({ roles: ['guard_supervisor'] }, false)).toBe('/assignments');
    expect(homeOf({ roles: ['sysadmin'] }, false)).toBe('/admin');
    expect(homeOf({ roles: ['auditor'] }, false)).toBe('/audit');
    expect(homeOf({ roles: ['registry_clerk'] }, false)).toBe('/letters');
    expect(homeOf({ roles: ['unit_supervisor'] }, false)).toBe('/my-unit');
    expect(homeOf({ roles: ['footage_officer'] }, false)).toBe('/requests');
    expect(homeOf({ roles: ['sysadmin', 'technician'] }, false)).toBe('/health');
  });
  it('is the wall, which says which paper is missing, for guards without a post and for everybody else', () => {
    expect(homeOf({ roles: ['guard', 'sysadmin'] }, false)).toBe('/live');
    expect(homeOf({ roles: [] }, false)).toBe('/live');
    expect(homeOf(null, false)).toBe('/live');
  });
});
