import { expect, test } from 'vitest';
import { type Draft, draftFrom, EMPTY } from './draft';
import { NO_INTERVAL } from './scope';
import { firstOpen, wrongsOf } from './steps';

const ZONE = 'Europe/Istanbul';
const at = (text: string) => ({ text, isSecond: null });
const NOW_US = Date.UTC(2026, 10, 28, 12) * 1000; // 15:00 there
const WHOLE: Draft = {
  ...EMPTY, kind: 'prosecutor', sender: 'İzmir Cumhuriyet Başsavcılığı', letterNo: '2026/12345', letterOn: '2026-11-26', served: at('2026-11-26T10:30'),
  cameras: ['a'], intervals: [{ from: at('2026-11-20T14:00:05'), until: at('2026-11-20T15:00') }], subject: 'Yaralama',
}; // prettier-ignore
const wrong = (more: Partial<Draft>, step: 'from' | 'letter' | 'asked') => wrongsOf({ ...WHOLE, ...more }, step, ZONE, NOW_US);

test('a whole letter goes through to the check', () => {
  expect(firstOpen(WHOLE, ZONE, NOW_US)).toBe('check');
  expect(firstOpen(EMPTY, ZONE, NOW_US)).toBe('from');
});

test('the scan may come later, an EBYS number too', () => {
  expect(wrong({ ebysNo: '', fileNo: '' }, 'letter')).toEqual({});
});

test('an authority that is none of the four says by which law it asks', () => {
  expect(wrong({ kind: '' }, 'from')).toEqual({ kind: 'kind_missing' });
  expect(wrong({ kind: 'other_official' }, 'from')).toEqual({ legalBasis: 'legal_basis_missing' });
  expect(wrong({ kind: 'other_official', legalBasis: '6331 sayılı Kanun' }, 'from')).toEqual({});
});

test('a citizen applies, a judicial event of an own unit waits for the authority', () => {
  expect(wrong({ whose: 'applicant' }, 'from')).toEqual({ whose: 'not_an_authority' });
  expect(wrong({ whose: 'internal', isJudicial: true }, 'from')).toEqual({ isJudicial: 'judicial_event_needs_authority' });
});

test('an own unit brings its Olur', () => {
  expect(wrong({ whose: 'internal' }, 'letter')).toEqual({ olurNo: 'olur_missing', olurOn: 'olur_missing' });
  expect(wrong({ whose: 'internal', olurNo: '2026/77', olurOn: '2026-11-29' }, 'letter')).toEqual({ olurOn: 'letter_in_future' });
  expect(wrong({ whose: 'internal', olurNo: '2026/77', olurOn: '2026-11-28' }, 'letter')).toEqual({});
});

test('letter, then service, then now', () => {
  expect(wrong({ letterOn: '2026-11-29' }, 'letter')['letterOn']).toBe('letter_in_future');
  expect(wrong({ served: at('2026-11-28T15:00:01') }, 'letter')).toEqual({ served: 'served_in_future' });
  expect(wrong({ served: at('2026-11-28T15:00') }, 'letter')).toEqual({});
  expect(wrong({ served: at('2026-11-25T23:59') }, 'letter')).toEqual({ served: 'served_before_letter' });
  expect(wrong({ served: at('2026-11-26T00:00') }, 'letter')).toEqual({});
});

test('an interval ends at the service at the latest, after its start', () => {
  const ends = (text: string) => wrong({ intervals: [{ from: at('2026-11-26T10:00'), until: at(text) }] }, 'asked');
  expect(ends('2026-11-26T10:30')).toEqual({});
  expect(ends('2026-11-26T10:30:01')).toEqual({ 'until.0': 'interval_after_service' });
  expect(ends('2026-11-26T10:00')).toEqual({ 'until.0': 'interval_empty' });
  expect(wrong({ intervals: [{ from: at('2025-10-01T00:00'), until: at('2026-11-26T10:00') }] }, 'asked')).toEqual({ 'until.0': 'interval_too_long' });
});

test('before the guaranteed window is no error', () => {
  expect(wrong({ intervals: [{ from: at('2026-10-01T10:00'), until: at('2026-10-01T11:00') }] }, 'asked')).toEqual({});
});

test('each interval names its own fault; cameras times intervals are bounded', () => {
  expect(wrong({ intervals: [...WHOLE.intervals, NO_INTERVAL] }, 'asked')).toEqual({ 'from.1': 'moment_missing', 'until.1': 'moment_missing' });
  const many = Array.from({ length: 201 }, (_, index) => String(index));
  expect(wrong({ cameras: many }, 'asked')).toEqual({ cameras: 'cameras_too_many' });
  expect(wrong({ cameras: many.slice(0, 200), intervals: Array.from({ length: 6 }, () => WHOLE.intervals[0] ?? NO_INTERVAL) }, 'asked')).toEqual({ cameras: 'items_too_many' });
});

test('what was typed comes back, what is broken does not break the form', () => {
  expect(draftFrom(JSON.stringify(WHOLE))).toEqual(WHOLE);
  expect(draftFrom('{"sender":"eski sürüm"}')).toEqual({ ...EMPTY, sender: 'eski sürüm' });
  for (const broken of [null, '', '{', '3', 'null']) expect(draftFrom(broken)).toEqual(EMPTY);
});
