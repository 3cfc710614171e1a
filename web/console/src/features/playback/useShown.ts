/** The shown part of time: it follows the playhead until a person looks elsewhere. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { serverClock } from '@/time/server-clock';
import type { Desk } from './desk';
import { type Shown, endOf, following, keptInTime, panned, steppedLevel, zoomedAt } from './zoom';

export interface ShownControl {
  shown: Shown;
  zoomAt: (anchorUs: number, factor: number) => void;
  level: (by: number, anchorUs?: number) => void;
  showSpan: (spanUs: number) => void;
  pan: (byUs: number) => void;
  /** Bring the playhead back into sight. */
  follow: () => void;
}

export function useShown(desk: Desk, spanUs: number): ShownControl {
  const [shown, setShown] = useState<Shown>(() =>
    keptInTime({ startUs: desk.atUs - spanUs / 2, spanUs }, serverClock.now_us()),
  );
  const isFollowing = useRef(true);

  useEffect(
    () =>
      desk.time.subscribe(() => {
        if (isFollowing.current) setShown((old) => following(old, desk.time.get(), serverClock.now_us()));
      }),
    [desk],
  );

  const change = useCallback(
    (next: (old: Shown) => Shown) =>
      setShown((old) => {
        const changed = next(old);
        isFollowing.current = desk.atUs >= changed.startUs && desk.atUs <= endOf(changed);
        return changed;
      }),
    [desk],
  );

  return {
    shown,
    zoomAt: useCallback((anchorUs, factor) => change((old) => zoomedAt(old, anchorUs, factor, serverClock.now_us())), [change]),
    level: useCallback(
      (by, anchorUs = desk.atUs) => change((old) => steppedLevel(old, anchorUs, by, serverClock.now_us())),
      [change, desk],
    ),
    showSpan: useCallback(
      (span) => change((old) => zoomedAt(following(old, desk.atUs, serverClock.now_us()), desk.atUs, span / old.spanUs, serverClock.now_us())),
      [change, desk],
    ),
    pan: useCallback((byUs) => change((old) => panned(old, byUs, serverClock.now_us())), [change]),
    follow: useCallback(() => {
      isFollowing.current = true;
    }, []),
  };
}
