import { describe, expect, it } from 'vitest';

import { askedTime } from './askedTime';

const us = (iso: string) => Date.parse(iso) * 1000;
const ZONE = 'Europe/Istanbul';
const NOW = us('2025-11-21T12:00:00Z'); // 15:00 in Istanbul
const AT = us('2025-11-20T09:00:00Z');
const asked = (text: string, zone = ZONE) => askedTime(text, AT, NOW, zone);

describe('a typed time', () => {
  it.each([
    ['21.11.2025 14:05:30', '2025-11-21T11:05:30Z'],
    ['21/11/2025 14:05', '2025-11-21T11:05:00Z'],
    ['2025-11-21 14:05', '2025-11-21T11:05:00Z'],
    ['14:05', '2025-11-20T11:05:00Z'],
    ['14.05.30', '2025-11-20T11:05:30Z'],
    ['dün 18:00', '2025-11-20T15:00:00Z'],
    ['DÜN 18:00', '2025-11-20T15:00:00Z'],
    ['yesterday 18:00', '2025-11-20T15:00:00Z'],
    ['bugün 14:00', '2025-11-21T11:00:00Z'],
    ['20.11.2025', '2025-11-19T21:00:00Z'],
    ['-10dk', '2025-11-20T08:50:00Z'],
    ['−10 dk', '2025-11-20T08:50:00Z'],
    ['-2sa', '2025-11-20T07:00:00Z'],
    ['+30 sn', '2025-11-20T09:00:30Z'],
    ['-1 gün', '2025-11-19T09:00:00Z'],
    ['şimdi', '2025-11-21T12:00:00Z'],
  ])('reads %s', (text, iso) => {
    expect(asked(text)).toEqual({ kind: 'one', us: us(iso) });
  });

  it.each(['', 'abc', '25:00', '14:61', '31.02.2025 10:00', '14:05 dün', '-10 elma', '1 2 3'])(
    'does not guess at %j',
    (text) => {
      expect(asked(text)).toEqual({ kind: 'unreadable' });
    },
  );

  it('says that a time has not come yet', () => {
    expect(asked('21.11.2025 16:00').kind).toBe('future');
    expect(asked('+3g').kind).toBe('future');
  });

  it('asks which one in the repeated hour, refuses the skipped one', () => {
    expect(asked('26.10.2025 02:30', 'Europe/Berlin').kind).toBe('two');
    expect(asked('30.03.2025 02:30', 'Europe/Berlin').kind).toBe('none');
  });
});
