import { expect, test } from 'vitest';
import { codesFile, grouped } from './grouped';

test('a secret is read in groups of four, the rest stays', () => {
  expect(grouped('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
  expect(grouped('')).toBe('');
});

test('a file of codes has one a line, as every editor shows them', () => {
  expect(codesFile('Nazar', ['A', 'B'])).toBe('Nazar\r\n\r\nA\r\nB\r\n');
});
