/** The marked interval of a playback, begun with what the address says. */
import { useCallback, useState } from 'react';
import type { Desk } from './desk';
import { type Interval, NOTHING_MARKED, markedIn, markedOut } from './interval';
import type { PlaybackSearch } from './search';

export interface IntervalControl {
  marked: Interval;
  /** One end of it at the clock's time. */
  mark: (end: 'in' | 'out') => void;
  clear: () => void;
}

export function useInterval(desk: Desk, search: PlaybackSearch): IntervalControl {
  const [marked, setMarked] = useState<Interval>({ inUs: search.in ?? null, outUs: search.out ?? null });
  return {
    marked,
    mark: useCallback((end) => setMarked((old) => (end === 'in' ? markedIn : markedOut)(old, Math.round(desk.atUs))), [desk]),
    clear: useCallback(() => setMarked(NOTHING_MARKED), []),
  };
}
