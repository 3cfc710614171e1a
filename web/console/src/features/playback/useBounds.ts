/** What the address says may be seen at all: a footage request opens its own interval and nothing else. */
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Bounds } from './bounds';

export function useBounds(): Bounds {
  const { from, until } = useSearch({ from: '/signed-in/shell/playback' });
  return useMemo(() => (from === undefined || until === undefined ? null : { startUs: from, endUs: until }), [from, until]);
}
