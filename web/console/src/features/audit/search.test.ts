import { describe, expect, it } from 'vitest';
import { GROUPS, actsOf } from './acts';
import { isNarrowed, validateAuditSearch, wantedOf } from './search';

const PERSON = '01998f52-7d4a-7c0e-9a2b-3c4d5e6f7a8b';

describe('the address of the audit page', () => {
  it('keeps what makes sense and drops the rest', () => {
    const kept = { person: PERSON, kind: 'watching', from: '2026-11-27T00:00', text: 'Işık', refused: true, open: 7 };
    expect(validateAuditSearch({ ...kept, camera: '7', until: 'tomorrow', show: 'all', right: '' })).toEqual(kept);
    expect(validateAuditSearch({ text: 127, refused: 'yes', kind: 'toString', open: -1 })).toEqual({ text: '127' });
  });

  it('means a group by all of its acts, a day by its first and last moment', () => {
    const wanted = wantedOf({ kind: 'watching', from: '2026-11-27T00:00', until: '2026-11-28T00:00' }, 'Europe/Istanbul');
    expect(wanted.act).toEqual(['view_opened', 'view_ended', 'view_refused', 'recording_attempt']);
    expect([wanted.start, wanted.end]).toEqual([Date.UTC(2026, 10, 26, 21) * 1000, Date.UTC(2026, 10, 27, 21) * 1000]);
  });

  it('asks for no kind and no refusal of viewings', () => {
    const wanted = wantedOf({ show: 'viewings', kind: 'sign_in', refused: true, camera: PERSON }, 'UTC');
    expect([wanted.act, wanted.refused, wanted.camera]).toEqual([undefined, undefined, PERSON]);
  });

  it('knows whether a list is narrowed', () => {
    expect(isNarrowed({ show: 'viewings', open: 4 })).toBe(false);
    expect(isNarrowed({ refused: true })).toBe(true);
  });
});

it('puts no act into two groups', () => {
  const all = Object.values(GROUPS).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(actsOf('tour_deleted')).toEqual(['tour_deleted']);
});
