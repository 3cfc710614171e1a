import { describe, expect, it } from 'vitest';
import type { CameraHealth, Health, VolumeHealth } from './health';
import { wellCount } from './wellness';

const camera = (state: CameraHealth['state'], troubles: Partial<CameraHealth> = {}) =>
  ({ number: 1, state, is_missing: false, is_frozen: false, is_content_frozen: false, is_below_minimum: false, ...troubles }) as CameraHealth;
const volume = (troubles: Partial<VolumeHealth> = {}) => ({ state: 'ok', is_retention_at_risk: false, ...troubles }) as VolumeHealth;
const recorder = (is_up: boolean) => ({ is_up }) as Health['recorders'][number];

const WELL = {
  verdict: 'ok',
  reasons: [],
  cameras: [camera('recording'), camera('recording'), camera('live_only')],
  volumes: [volume()],
  alarms: [],
  recorders: [recorder(true)],
  unread: [],
} as unknown as Health;

describe('a node where all is well', () => {
  it('counts the cameras that record, not all that are registered', () => {
    expect(wellCount(WELL)).toBe(2);
  });

  it.each<[string, Partial<Health>]>([
    ['the verdict', { verdict: 'failing' }],
    ['a reason', { reasons: [{ code: 'volume_failed', count: 1 }] }],
    ['a recorder that does not answer', { recorders: [recorder(true), recorder(false)] }],
    ['a volume that takes no footage', { volumes: [volume(), volume({ state: 'volume_full' })] }],
    ['retention at risk', { volumes: [volume({ is_retention_at_risk: true })] }],
    ['an alarm', { alarms: [{ code: 'low_space' } as Health['alarms'][number]] }],
    ['a part that could not be read', { unread: ['sweep'] }],
    ['a camera that does not record', { cameras: [camera('recording'), camera('no_storage', { is_missing: true })] }],
    ['a repeated picture', { cameras: [camera('recording', { is_content_frozen: true })] }],
    ['too little kept', { cameras: [camera('recording', { is_below_minimum: true })] }],
    ['nothing that records', { cameras: [camera('live_only')] }],
    ['no camera', { cameras: [] }],
  ])('is not one with %s', (_, trouble) => {
    expect(wellCount({ ...WELL, ...trouble })).toBeNull();
  });
});
