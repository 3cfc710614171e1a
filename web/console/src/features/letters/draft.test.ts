import { expect, test } from 'vitest';
import type { Letter } from '@/api/letters';
import { bodyOf, changeOf, draftOf, EMPTY, filledFrom } from './draft';

const ZONE = 'Europe/Istanbul';
const LETTER = {
  sender: 'authority', sender_name: 'İzmir Cumhuriyet Başsavcılığı', no: '2026/1', on: '2026-11-26', served_us: Date.UTC(2026, 10, 27, 9, 30, 5) * 1000, channel: 'kep', subject: 'Yaralama', ebys_no: '', ebys_on: null,
} as Letter; // prettier-ignore

test('a letter as it was typed again is the same letter', () => {
  const body = bodyOf(draftOf(LETTER, ZONE), ZONE);
  expect(body).toMatchObject({ no: '2026/1', served_us: LETTER.served_us, ebys_no: '', ebys_on: null });
  expect(body && changeOf(body, LETTER)).toEqual({});
});

test('only what was changed is sent: the EBYS number alone of one that was decided on', () => {
  const body = bodyOf({ ...draftOf(LETTER, ZONE), ebysNo: ' E-77 ', ebysOn: '2026-11-28' }, ZONE);
  expect(body && changeOf(body, LETTER)).toEqual({ ebys_no: 'E-77', ebys_on: '2026-11-28' });
});

test('without number, date, service, sender or subject there is no letter; without EBYS there is', () => {
  expect(bodyOf(EMPTY, ZONE)).toBeNull();
  for (const missing of [{ senderName: ' ' }, { no: '' }, { on: '' }, { served: EMPTY.served }, { subject: '' }]) {
    expect(bodyOf({ ...draftOf(LETTER, ZONE), ...missing }, ZONE)).toBeNull();
  }
});

test('a package fills what was left empty and nothing that was typed', () => {
  const found = { no: 'E-1', on: '2026-11-20', subject: 'Yaralama', sender_name: 'Foça Kaymakamlığı', pages: 1, signers: [] };
  expect(filledFrom(EMPTY, found)).toEqual({ ...EMPTY, no: 'E-1', on: '2026-11-20', subject: 'Yaralama', senderName: 'Foça Kaymakamlığı' });
  expect(filledFrom({ ...EMPTY, no: '7', on: '2026-11-19' }, found)).toMatchObject({ no: '7', on: '2026-11-19', subject: 'Yaralama' });
  expect(filledFrom(EMPTY, { ...found, no: '', on: null })).toMatchObject({ no: '', on: '' });
});
