/** Calling a camera by its number, as on the keyboards of control rooms: digits, then Enter. */
import { useCallback, useEffect, useRef, useState } from 'react';

const FORGET_MS = 4_000;
const MOST_DIGITS = 5;

export function useCallUp() {
  const [digits, setDigits] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const set = useCallback((next: string) => {
    clearTimeout(timer.current);
    setDigits(next);
    if (next) timer.current = setTimeout(() => setDigits(''), FORGET_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    digits,
    add: (digit: string) => set((digits + digit).slice(-MOST_DIGITS)),
    back: () => set(digits.slice(0, -1)),
    clear: () => set(''),
  };
}
