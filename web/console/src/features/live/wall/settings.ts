/** How this screen shows walls; belongs to the screen, not to the person. */
import { createStore, type Store } from '@/state/store';

function keptStore<T extends number | boolean>(key: string, first: T, allowed: readonly T[]): Store<T> {
  const found = allowed.find((value) => String(value) === localStorage.getItem(key));
  const store = createStore<T>(found ?? first);
  store.subscribe(() => localStorage.setItem(key, String(store.get())));
  return store;
}

export const OVERLAY_SCALES = [100, 125, 150, 200] as const;
/** Per cent; larger for screens watched from afar. */
export const overlayScale = keptStore<number>('nazar.overlay_scale', 100, OVERLAY_SCALES);
/** 0: top strip only; 1: the bottom strip where it fits or is asked for; 2: both, always. */
export const overlayLevel = keptStore<number>('nazar.overlay_level', 1, [0, 1, 2]);
/** Keys of one letter can be switched off (WCAG 2.1.4). */
export const hasLetterKeys = keptStore<boolean>('nazar.letter_keys', true, [true, false]);
