import { describe, expect, it } from 'vitest';
import { attemptOf } from './capture-guard';

const key = (name: string, more: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  attemptOf({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });

describe('attemptOf', () => {
  it('knows what takes a picture out of the page', () => {
    expect(key('s', { ctrlKey: true })).toBe('save_key');
    expect(key('S', { metaKey: true, shiftKey: true })).toBe('save_key');
    expect(key('p', { ctrlKey: true })).toBe('print_key');
    expect(key('PrintScreen')).toBe('print_screen');
    expect(key('PrintScreen', { altKey: true })).toBe('print_screen');
  });

  it('leaves every other key to the page and the browser', () => {
    for (const name of ['s', 'p', 'f', '1', 'Enter']) expect(key(name)).toBeNull();
    expect(key('f', { ctrlKey: true })).toBeNull();
    expect(key('ş', { ctrlKey: true, altKey: true })).toBeNull(); // AltGr writes letters on some keyboards
    expect(key('s', { ctrlKey: true, altKey: true })).toBeNull();
  });
});
