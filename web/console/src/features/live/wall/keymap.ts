/** What a key means while the wall has the focus. */
import type { Direction } from './layouts';

export type Act =
  | { do: 'move' | 'swap'; direction: Direction }
  | { do: 'digit'; digit: string }
  | { do: 'enter' | 'escape' | 'clear' | 'search' | 'tour' | 'full_screen' | 'overlay' | 'keys' | 'backspace' | 'ask_hold' }
  | { do: 'view'; step: 1 | -1 };

const ARROWS: Record<string, Direction> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };

const NAMED: Record<string, Act> = {
  Enter: { do: 'enter' },
  Escape: { do: 'escape' },
  Delete: { do: 'clear' },
  Backspace: { do: 'backspace' },
};

/** Single letters, which a person can switch off (WCAG 2.1.4). */
const LETTERS: Record<string, Act> = {
  '/': { do: 'search' },
  '[': { do: 'view', step: -1 },
  ']': { do: 'view', step: 1 },
  t: { do: 'tour' },
  f: { do: 'full_screen' },
  b: { do: 'overlay' },
  m: { do: 'ask_hold' },
  '?': { do: 'keys' },
};

export type Key = { key: string; shiftKey: boolean; ctrlKey: boolean; altKey: boolean; metaKey: boolean };

/** Null for keys that belong to the browser or to nobody: with Ctrl, Alt or Meta nothing here is meant. */
export function actOf(key: Key, hasLetters = true): Act | null {
  if (key.ctrlKey || key.altKey || key.metaKey) return null;
  const direction = ARROWS[key.key];
  if (direction) return { do: key.shiftKey ? 'swap' : 'move', direction };
  if (/^[0-9]$/.test(key.key)) return { do: 'digit', digit: key.key };
  const named = NAMED[key.key];
  if (named) return named;
  return hasLetters ? (LETTERS[key.key.length === 1 ? key.key.toLowerCase() : key.key] ?? null) : null;
}
