/** Escape leaves a form; while a list is open in one of its fields, it closes that list only. */
import type { KeyboardEvent } from 'react';

export const isLeaving = (event: KeyboardEvent): boolean =>
  event.key === 'Escape' && !event.defaultPrevented && (event.target as Element).getAttribute('aria-expanded') !== 'true';
