import { expect, test } from 'vitest';
import { actOf } from './keymap';

const key = (name: string, more = {}) => ({ key: name, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test('arrows move, with Shift they swap', () => {
  expect(actOf(key('ArrowLeft'))).toEqual({ do: 'move', direction: 'left' });
  expect(actOf(key('ArrowDown', { shiftKey: true }))).toEqual({ do: 'swap', direction: 'down' });
});

test('digits call a camera', () => {
  expect(actOf(key('7'))).toEqual({ do: 'digit', digit: '7' });
});

test('letters work in both cases and can be switched off', () => {
  expect(actOf(key('F', { shiftKey: true }))).toEqual({ do: 'full_screen' });
  expect(actOf(key('f'), false)).toBeNull();
  expect(actOf(key('Enter'), false)).toEqual({ do: 'enter' });
});

test('M asks that footage be kept', () => {
  expect(actOf(key('m'))).toEqual({ do: 'ask_hold' });
});

test('nothing is taken from the browser: no Ctrl+S, no Ctrl+F', () => {
  expect(actOf(key('s', { ctrlKey: true }))).toBeNull();
  expect(actOf(key('f', { ctrlKey: true }))).toBeNull();
  expect(actOf(key('s'))).toBeNull();
});
