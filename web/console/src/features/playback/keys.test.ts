import { describe, expect, it } from 'vitest';

import { KEY_LIST, type Pressed, actOf } from './keys';

const press = (key: string, more: Partial<Pressed> = {}) =>
  actOf({ key, code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

describe('the keys of playback', () => {
  it('reads letters in both cases and digits as tiles', () => {
    expect(press('g')).toEqual({ act: 'go_to' });
    expect(press('G')).toEqual({ act: 'go_to' });
    expect(press('4')).toEqual({ act: 'tile', tile: 3 });
    expect(press('0')).toBeNull();
  });

  it('leaves the keys of the browser alone', () => {
    expect(press('f', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
    expect(press('s')).toBeNull();
  });

  it('gives up letters, digits and signs when they are switched off, not the other keys', () => {
    const kept = ['g', 'N', '4', ',', '<', '[', '+', ' ', 'ArrowLeft', 'Home'].filter(
      (key) => actOf({ key, code: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false }, false) !== null,
    );
    expect(kept).toEqual([' ', 'ArrowLeft', 'Home']);
  });

  it('takes brackets as a Turkish keyboard types them', () => {
    expect(press('[', { ctrlKey: true, altKey: true })).toEqual({ act: 'mark_in' });
  });

  it('tells a second from a minute by Shift', () => {
    expect(press('ArrowRight')).toEqual({ act: 'step_on' });
    expect(press('ArrowRight', { shiftKey: true })).toEqual({ act: 'minute_on' });
    expect(press('N', { shiftKey: true })).toEqual({ act: 'gap_back' });
  });

  it('lists every key once', () => {
    const shown = KEY_LIST.flatMap((row) => row.shown);
    expect(new Set(shown).size).toBe(shown.length);
  });
});
