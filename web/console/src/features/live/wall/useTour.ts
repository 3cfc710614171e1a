/** Walks through the views of a tour; pauses as soon as a person does anything. */
import { useCallback, useEffect, useState } from 'react';
import type { SavedView, Tour } from '@/api/types';

export type Touring = {
  tour: Tour;
  at: number;
  count: number;
  isPaused: boolean;
  step: (by: 1 | -1) => void;
  toggle: () => void;
  pause: () => void;
  stop: () => void;
};

export function useTour(views: readonly SavedView[], show: (view: SavedView) => void) {
  const [run, setRun] = useState<{ tour: Tour; at: number; isPaused: boolean } | null>(null);
  const stops = run ? run.tour.view_ids.flatMap((id) => views.find((view) => view.id === id) ?? []) : [];
  const count = stops.length;

  const go = (tour: Tour, at: number, isPaused: boolean) => {
    const all = tour.view_ids.flatMap((id) => views.find((view) => view.id === id) ?? []);
    const view = all[((at % all.length) + all.length) % all.length];
    if (!view) return setRun(null);
    show(view);
    setRun({ tour, at: ((at % all.length) + all.length) % all.length, isPaused });
  };

  useEffect(() => {
    if (!run || run.isPaused || count < 2) return;
    const timer = setTimeout(() => go(run.tour, run.at + 1, false), run.tour.dwell_s * 1000);
    return () => clearTimeout(timer);
    // Each stop sets one timer for the next; `go` reads what is current then.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [run, count]);

  const pause = useCallback(() => setRun((now) => (now && !now.isPaused ? { ...now, isPaused: true } : now)), []);
  const touring: Touring | null = run && {
    ...run,
    count,
    step: (by) => go(run.tour, run.at + by, true),
    toggle: () => setRun({ ...run, isPaused: !run.isPaused }),
    pause,
    stop: () => setRun(null),
  };
  return { touring, begin: (tour: Tour) => go(tour, 0, false), pause };
}
