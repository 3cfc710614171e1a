/** The keys of playback, wherever the focus is on the page unless it needs the key itself. */
import { useEffect, useRef } from 'react';
import { hasLetterKeys } from '@/features/live/wall/settings';
import type { DeskActs } from './useDeskActs';
import { actOf, isTaken } from './keys';

export function useDeskKeys(acts: DeskActs): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event.target, event.key) || document.querySelector('[role="dialog"]')) return;
      const found = actOf(event, hasLetterKeys.get());
      if (!found) return;
      event.preventDefault();
      latest.current(found.act, found.tile);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
