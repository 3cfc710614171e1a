import { expect, test } from 'vitest';
import { typedDay, typedMoment, written } from './typed-time';

test.each(['28.11.2026', '28/11/2026', '28-11-2026', '28 11 2026', '28112026', '2026-11-28', ' 28.11.2026 '])('%j is a day', (text) => {
  expect(typedDay(text)).toBe('2026-11-28');
});

test('a day is written day first, whatever the language; short ones are filled up', () => {
  expect(typedDay('3.2.2026')).toBe('2026-02-03');
  expect([written('2026-02-03'), written('2026-11-28T08:00'), written('')]).toEqual(['03.02.2026', '28.11.2026 08:00', '']);
});

test.each(['', '28', '31.02.2026', '29.02.2027', '00.01.2026', '28.13.2026', '28.11.26', '2811', 'yarın', '28.11.2026 08:00', '11.28.2026'])(
  '%j is no day',
  (text) => {
    expect(typedDay(text)).toBeNull();
  },
);

test.each(['28.11.2026 08:00', '28.11.2026 8:00', '28.11.2026 8.00', '28.11.2026 0800', '281120260800', '2026-11-28T08:00', '2026-11-28 08:00', '28.11.2026 08:00:00'])(
  '%j is a moment',
  (text) => {
    expect(typedMoment(text)).toBe('2026-11-28T08:00');
  },
);

test('seconds stay when there are some', () => {
  expect(typedMoment('28.11.2026 23:59:59')).toBe('2026-11-28T23:59:59');
});

test.each(['', '28.11.2026', '28.11.2026 24:00', '28.11.2026 08:60', '31.02.2026 08:00', '08:00', '28112026080'])('%j is no moment', (text) => {
  expect(typedMoment(text)).toBeNull();
});
