import { describe, expect, it } from 'vitest';
import { bodyOf, draftOf, emptyDraft, isTyped, withAttendee } from './session-draft';

const ZONE = 'Europe/Istanbul';
const person = (id: string, full_name: string) => ({ id, full_name, registry_no: '', unit_name: 'Park' });
const full = {
  ...emptyDraft(['viewing', 'faults']), begins: '2026-11-20T09:30', ends: '2026-11-20T11:00', place: 'Salon', trainer_name: 'Şükrü Usta',
  attendees: [person('a', 'Işıl')],
};

describe('a training in a room', () => {
  it('is sent when all of it is there', () => {
    const body = bodyOf(full, ZONE);
    expect([body?.begins_us, body?.ends_us]).toEqual([Date.UTC(2026, 10, 20, 6, 30) * 1000, Date.UTC(2026, 10, 20, 8) * 1000]);
    expect([body?.trainer_id, body?.trainer_name, body?.attendees]).toEqual([null, 'Şükrü Usta', ['a']]);
    for (const missing of [{ begins: '' }, { place: ' ' }, { trainer_name: '' }, { topics: [] }, { attendees: [] }]) {
      expect(bodyOf({ ...full, ...missing }, ZONE)).toBeNull();
    }
  });

  it('names its trainer once: of the register, or from outside', () => {
    const body = bodyOf({ ...full, trainer: person('t', 'İbrahim') }, ZONE);
    expect([body?.trainer_id, body?.trainer_name]).toEqual(['t', '']);
  });

  it('comes back as it was sent', () => {
    const row = { ...bodyOf(full, ZONE), attendees: full.attendees, material: '', called_off_us: null } as unknown as Parameters<typeof draftOf>[0];
    const draft = draftOf(row, ZONE);
    expect(bodyOf(draft, ZONE)).toEqual(bodyOf(full, ZONE));
    expect(isTyped(draft, full)).toBe(false);
  });

  it('lists who attends by the Turkish alphabet, each once', () => {
    const [c, i, dotted] = [person('1', 'Çağrı'), person('2', 'Irmak'), person('3', 'İnci')];
    const all = [dotted, i, c, i].reduce<ReturnType<typeof person>[]>((list, one) => withAttendee(list, one), []);
    expect(all.map((one) => one.full_name)).toEqual(['Çağrı', 'Irmak', 'İnci']);
  });
});
