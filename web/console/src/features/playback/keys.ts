/** The keys of playback: what each means, listed on the help page from here. */

export type KeyAct =
  | 'toggle' | 'back' | 'stop' | 'forward'
  | 'step_back' | 'step_on' | 'minute_back' | 'minute_on' | 'frame_back' | 'frame_on'
  | 'edge_back' | 'edge_on' | 'gap_on' | 'gap_back' | 'mark_in' | 'mark_out'
  | 'go_to' | 'first' | 'last' | 'closer' | 'wider' | 'full_screen' | 'tile';

/** In the order of the help page: what is pressed, what it does. */
export const KEY_LIST: readonly { shown: readonly string[]; acts: readonly KeyAct[] }[] = [
  { shown: ['Space', 'K'], acts: ['toggle'] },
  { shown: ['J'], acts: ['back'] },
  { shown: ['L'], acts: ['forward'] },
  { shown: ['←', '→'], acts: ['step_back', 'step_on'] },
  { shown: ['Shift+←', 'Shift+→'], acts: ['minute_back', 'minute_on'] },
  { shown: [',', '.'], acts: ['frame_back', 'frame_on'] },
  { shown: ['[', ']'], acts: ['mark_in', 'mark_out'] },
  { shown: ['N', 'Shift+N'], acts: ['gap_on', 'gap_back'] },
  { shown: ['<', '>'], acts: ['edge_back', 'edge_on'] },
  { shown: ['G'], acts: ['go_to'] },
  { shown: ['Home', 'End'], acts: ['first', 'last'] },
  { shown: ['+', '−'], acts: ['closer', 'wider'] },
  { shown: ['1–9'], acts: ['tile'] },
  { shown: ['F'], acts: ['full_screen'] },
];

const PLAIN: Record<string, KeyAct> = {
  ' ': 'toggle',
  k: 'stop',
  j: 'back',
  l: 'forward',
  ',': 'frame_back',
  '.': 'frame_on',
  '[': 'mark_in',
  ']': 'mark_out',
  '<': 'edge_back',
  '>': 'edge_on',
  g: 'go_to',
  home: 'first',
  end: 'last',
  '+': 'closer',
  '=': 'closer',
  '-': 'wider',
  '−': 'wider',
  f: 'full_screen',
};

const SHIFTED: Record<string, readonly [KeyAct, KeyAct]> = {
  arrowleft: ['step_back', 'minute_back'],
  arrowright: ['step_on', 'minute_on'],
  n: ['gap_on', 'gap_back'],
};

export interface Pressed {
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** On a Turkish keyboard `[` and `]` need AltGr: browsers report it as Ctrl+Alt there. */
const isPlain = (pressed: Pressed): boolean =>
  (!pressed.ctrlKey && !pressed.altKey && !pressed.metaKey) || pressed.key === '[' || pressed.key === ']';

/** A letter, digit or sign; they work wherever the focus is, so a person can switch them off (WCAG 2.1.4). */
const isCharacter = (key: string): boolean => key.length === 1 && key !== ' ';

/** What a key press means, with the tile's index for a digit; null if nothing. */
export function actOf(pressed: Pressed, hasLetters = true): { act: KeyAct; tile?: number } | null {
  if (!isPlain(pressed) || (!hasLetters && isCharacter(pressed.key))) return null;
  const key = pressed.key.toLowerCase();
  if (/^[1-9]$/.test(key)) return { act: 'tile', tile: Number(key) - 1 };
  const shifted = SHIFTED[key];
  if (shifted) return { act: shifted[pressed.shiftKey ? 1 : 0] };
  const act = PLAIN[key];
  return act ? { act } : null;
}

/** Whether the element that has the focus needs the key itself. */
export function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="listbox"], [role="menu"]')) return true;
  return key === ' ' && target.closest('button, a, summary') !== null;
}
