import { describe, expect, it } from 'vitest';
import { bodyOf, draftOf, draftOfEntry, emptyDraft, isTyped } from './draft';
import { validateBreachesSearch } from './search';

const ZONE = 'Europe/Istanbul';
const AT_US = Date.UTC(2026, 10, 28, 11, 5, 30) * 1000; // 14:05:30 there
const ENTRY = {
  number: 4711, at_us: AT_US, act: 'recording_attempt', outcome: 'recording_attempt', actor_name: 'Işıl Ünlü · isil', account_name: 'isil',
  person_id: 'p', camera_id: 'c', is_recorded: false, words: 'Ekrandan kayıt girişimi, 28.11.2026 14.05',
} as const; // prettier-ignore

describe('a breach that begins with an entry of the log', () => {
  it('knows when, who, which camera, and waits for what people have to say', () => {
    const draft = draftOfEntry(ENTRY, '2026-11-28', ZONE);
    expect([draft.happened, draft.person_id, draft.person_words, draft.camera_id]).toEqual(['2026-11-28T14:05', 'p', '', 'c']);
    expect(bodyOf(draft, ZONE)).toBeNull();
    const body = bodyOf({ ...draft, what: 'Ekran çekildi', action: 'Uyarıldı' }, ZONE);
    expect(body?.happened_us).toBe(Date.UTC(2026, 10, 28, 11, 5) * 1000);
    expect(body?.evidence).toEqual([{ what: ENTRY.words, entry_number: 4711, document_number: '', reference: '' }]);
  });

  it('calls somebody who is not in the register by what the log calls them', () => {
    expect(draftOfEntry({ ...ENTRY, person_id: null }, '2026-11-28', ZONE).person_words).toBe('Işıl Ünlü · isil');
  });
});

describe('what is sent', () => {
  const full = { ...emptyDraft('2026-11-28'), happened: '2026-11-27', isDayOnly: true, what: 'x', action: 'y' };

  it('names a day alone where the time is not known', () => {
    const body = bodyOf(full, ZONE);
    expect([body?.happened_on, body?.happened_us]).toEqual(['2026-11-27', null]);
    expect(bodyOf({ ...full, isDayOnly: false }, ZONE)).toBeNull();
  });

  it('waits for evidence that was begun', () => {
    const piece = { key: 1, kind: 'entry' as const, what: 'Kayıt', reference: '' };
    expect(bodyOf({ ...full, evidence: [piece] }, ZONE)).toBeNull();
    expect(bodyOf({ ...full, evidence: [{ ...piece, kind: 'other' }] }, ZONE)?.evidence).toHaveLength(1);
    expect(bodyOf({ ...full, evidence: [{ ...piece, reference: '7' }] }, ZONE)?.evidence?.[0]?.entry_number).toBe(7);
  });
});

it('comes back from a record as it was sent', () => {
  const body = bodyOf({ ...draftOfEntry(ENTRY, '2026-11-28', ZONE), what: 'a', action: 'b' }, ZONE);
  expect(body).not.toBeNull();
  const record = {
    ...body, id: 'x', person_name: 'Işıl Ünlü', camera_name: '1 · Kapı', recorded_us: 1, recorded_by: 'Şef', paper: null,
  } as unknown as Parameters<typeof draftOf>[0]; // prettier-ignore
  const draft = draftOf(record, ZONE);
  expect(bodyOf(draft, ZONE)).toEqual(body);
  expect(isTyped(draft, draftOf(record, ZONE))).toBe(false);
  expect(isTyped({ ...draft, what: 'c' }, draft)).toBe(true);
});

it('keeps of an address what makes sense', () => {
  expect(validateBreachesSearch({ entry: '12', open: 'x', page: -1 })).toEqual({ entry: 12 });
  expect(validateBreachesSearch({ entry: 'x', open: 'new', page: 2 })).toEqual({ open: 'new', page: 2 });
});
