import { expect, it } from 'vitest';
import { isNarrowed, known, validateDocumentsSearch, wantedOf, yearsOf } from './search';

const ID = '0199c2b4-0000-7000-8000-000000000001';

it('keeps of an address what makes sense', () => {
  expect(validateDocumentsSearch({ text: 2026, kind: 'P-29', state: 'cancelled', year: '2026', subject: 'x', initials: true, open: ID })).toEqual({
    text: '2026', kind: 'P-29', state: 'cancelled', year: 2026, subject: 'x', initials: true, open: ID,
  }); // prettier-ignore
  expect(validateDocumentsSearch({ text: '', kind: 'P-99', state: 'lost', year: 1999, subject: '', initials: 'no', open: '../etc' })).toEqual({});
  expect(validateDocumentsSearch({ text: 'x'.repeat(300) }).text).toHaveLength(200);
});

it('asks the server for what narrows, and for nothing else', () => {
  expect(wantedOf({ text: 'ışıl', subject: 'g-1', open: ID })).toEqual({ search: 'ışıl', subject_id: 'g-1' });
  expect(wantedOf({ initials: true, open: ID })).toEqual({ awaits_me: true });
  expect(wantedOf({ open: ID })).toEqual({});
  expect(isNarrowed({ open: ID })).toBe(false);
  expect(isNarrowed({ year: 2026 })).toBe(true);
  expect(known({ text: '', year: 2026, open: undefined })).toEqual({ year: 2026 });
});

it('offers ten years and the one that was asked for', () => {
  expect(yearsOf(2026, undefined)).toEqual([2026, 2025, 2024, 2023, 2022, 2021, 2020, 2019, 2018, 2017]);
  expect(yearsOf(2026, 2024)).toHaveLength(10);
  expect(yearsOf(2026, 2009).at(-1)).toBe(2009);
  expect(yearsOf(2026, 2030)[0]).toBe(2030);
});
