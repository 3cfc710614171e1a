import { expect, test } from 'vitest';
import type { HoldAsk } from '@/api/holds';
import { bodyOf, draftFrom, draftOfAsk, EMPTY, wrongsOf } from './draft';
import { daysLeft } from './left';
import { validateHoldsSearch, validateNewHoldSearch } from './search';

const ZONE = 'Europe/Istanbul';
const at = (text: string) => ({ text, isSecond: null });
const NOW_US = Date.UTC(2026, 10, 28, 12) * 1000; // 15:00 there
const WHOLE = { ...EMPTY, institution: 'Emniyet', reason: 'telefonla', cameras: ['a'], intervals: [{ from: at('2026-11-28T14:00'), until: at('2026-11-28T15:00') }] };

test('each basis needs its own words', () => {
  expect(wrongsOf(WHOLE, ZONE, NOW_US)).toEqual({});
  expect(wrongsOf({ ...WHOLE, institution: ' ' }, ZONE, NOW_US)).toEqual({ institution: 'institution_required' });
  expect(wrongsOf({ ...WHOLE, basis: 'pre_investigation' }, ZONE, NOW_US)).toEqual({ incident: 'incident_required' });
  expect(wrongsOf({ ...WHOLE, reason: '' }, ZONE, NOW_US)).toEqual({ reason: 'reason_required' });
});

test('only what was recorded by now can be held', () => {
  const until = (text: string) => wrongsOf({ ...WHOLE, intervals: [{ from: at('2026-11-28T14:00'), until: at(text) }] }, ZONE, NOW_US);
  expect(until('2026-11-28T15:00:01')).toEqual({ 'until.0': 'interval_in_future' });
  expect(until('2026-11-28T15:00')).toEqual({});
});

test('what was typed for the other basis is not sent', () => {
  const body = bodyOf({ ...WHOLE, incident: 'kavga', place: 'meydan' }, ZONE);
  expect([body.institution, body.incident, body.place, body.incident_us]).toEqual(['Emniyet', '', '', null]);
  expect(bodyOf({ ...WHOLE, basis: 'pre_investigation', incident: 'kavga', incidentAt: at('2026-11-28T14:30') }, ZONE).incident_us).toBe(Date.UTC(2026, 10, 28, 11, 30) * 1000);
});

test('a wish becomes a hold on what was wished for, to the whole second', () => {
  const ask = { camera_id: 'c', start_us: NOW_US - 90_000_000, end_us: NOW_US - 1, reason: 'kavga' } as HoldAsk;
  const body = bodyOf(draftOfAsk(ask, ZONE), ZONE);
  expect([body.cameras, body.intervals, body.incident]).toEqual([['c'], [{ from_us: ask.start_us, until_us: NOW_US }], 'kavga']);
});

test('the last day has none left, whatever the hour', () => {
  const ends_us = Date.UTC(2026, 10, 29, 21) * 1000; // the midnight after the 29th there
  const left = (hour: number) => daysLeft({ ends_us, ended_us: null }, Date.UTC(2026, 10, 28, hour) * 1000, ZONE);
  expect([left(12), left(20), left(21), left(44)]).toEqual([1, 1, 0, 0]);
  expect(daysLeft({ ends_us, ended_us: 1 }, NOW_US, ZONE)).toBeNull();
});

test('what was typed comes back; an address with other filters shows the usual list', () => {
  expect(draftFrom(JSON.stringify(WHOLE))).toEqual(WHOLE);
  for (const broken of [null, '', '{', '3', 'null']) expect(draftFrom(broken)).toEqual(EMPTY);
  expect(validateHoldsSearch({ show: 'ended', search: 'a' })).toEqual({ show: 'ended', search: 'a' });
  expect(validateHoldsSearch({ show: 'secret', search: 3 })).toEqual({});
  expect(validateNewHoldSearch({ basis: 'pre_investigation', ask: 'x' })).toEqual({ basis: 'pre_investigation' });
});
