import { expect, test } from 'vitest';
import { fold, matches } from './fold';

test.each(['Işık Sokak', 'IŞIK SOKAK', 'isik sokak', 'ışık sokak', 'İŞİK SOKAK'])('%s folds alike', (text) => {
  expect(fold(text)).toBe('isik sokak');
});

test('every Turkish letter folds to its bare one', () => {
  expect(fold('ÇĞİIÖŞÜ çğiıöşü')).toBe('cgiiosu cgiiosu');
});

test('a query finds a camera by any of its words in any order', () => {
  expect(matches('kapi isik', ['Işık Sokak Ana Kapı', 127])).toBe(true);
  expect(matches('127', ['Işık Sokak', 127])).toBe(true);
  expect(matches('', ['Işık Sokak'])).toBe(true);
  expect(matches('otopark', ['Işık Sokak', 127])).toBe(false);
});
