import { expect, test } from 'vitest';
import { twinsOf } from './twins';

const letters = [{ number: 7, no: '2026/12', on: '2026-11-20', sender_name: 'İzmir Emniyet' }];

test('the same number, date and sender is a twin, however it is typed', () => {
  expect(twinsOf({ letterNo: ' 2026/12 ', letterOn: '2026-11-20', sender: 'izmir emniyet' }, letters)).toEqual([7]);
});

test('anything else is another letter; a letter without a sender yet is none', () => {
  for (const more of [{ letterNo: '2026/13' }, { letterOn: '2026-11-21' }, { sender: 'Aydın Emniyet' }, { sender: '' }, { letterNo: '' }])
    expect(twinsOf({ letterNo: '2026/12', letterOn: '2026-11-20', sender: 'İzmir Emniyet', ...more }, letters)).toEqual([]);
});
