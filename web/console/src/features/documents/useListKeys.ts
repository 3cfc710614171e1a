/** Keys of a searched list: `/` to the search, arrows between rows. Enter opens a row as it presses any button. */
import { useEffect, useRef, type RefObject } from 'react';
import { hasLetterKeys } from '@/features/live/wall/settings';
import { rowAfter, SEARCH } from './row-keys';

const FIELDS = 'input, textarea, select, [contenteditable="true"]';

/** `page` has one search field and rows that carry `data-row`. Keys rest while somebody types, and behind a dialog. */
export function useListKeys(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (!page.current || !isPlain || event.defaultPrevented || document.querySelector('[role="dialog"]')) return;
      const goal = goalOf(event, page.current);
      if (!goal) return;
      event.preventDefault();
      goal.focus();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [page]);
}

/** The row of what was open has the focus once nothing else has it: the panel may have gone through several versions. */
export function useRowFocus(page: RefObject<HTMLElement | null>, open: string | undefined): void {
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    const closed = open === undefined ? before.current : undefined;
    before.current = open;
    if (closed === undefined) return;
    // After the panel gave the focus back, or could not.
    const timer = setTimeout(() => {
      const hasNone = document.activeElement === null || document.activeElement === document.body;
      if (hasNone) page.current?.querySelector<HTMLElement>(`[data-row="${closed}"]`)?.focus();
    }, 20);
    return () => clearTimeout(timer);
  }, [page, open]);
}

function goalOf({ key, target }: KeyboardEvent, page: HTMLElement): HTMLElement | null {
  const field = page.querySelector<HTMLInputElement>('input[type="search"]');
  const rows = [...page.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === target);
  if (at < 0 && target !== field) {
    const isTyping = target instanceof Element && target.closest(FIELDS) !== null;
    return key === '/' && hasLetterKeys.get() && !isTyping ? field : null;
  }
  if (key === '/' && at >= 0) return hasLetterKeys.get() ? field : null;
  const next = rowAfter(key, at < 0 ? SEARCH : at, rows.length);
  return next === null ? null : next === SEARCH ? field : (rows[next] ?? null);
}
