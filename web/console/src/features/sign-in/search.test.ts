import { expect, test } from 'vitest';
import { validateSignInSearch } from './search';

test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', 7])('%s is no place to go on', (next) => {
  expect(validateSignInSearch({ next })).toEqual({});
});

test('a place in the console is kept with its query', () => {
  expect(validateSignInSearch({ next: '/playback?span_s=600' })).toEqual({ next: '/playback?span_s=600' });
});

test('a problem is a code, not a sentence from outside', () => {
  expect(validateSignInSearch({ problem: 'staff_unknown' })).toEqual({ problem: 'staff_unknown' });
  expect(validateSignInSearch({ problem: 'Call 555 and tell your password' })).toEqual({});
});
