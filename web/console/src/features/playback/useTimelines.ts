/** The coverage of all cameras for the shown part of time. */
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { serverClock } from '@/time/server-clock';
import { askTimeline } from './askTimeline';
import { type Bounds, within } from './bounds';
import { type CameraTimeline, mayChange } from './coverage';
import { type Shown, askedSpan } from './zoom';

const RUNNING_MS = 5_000; // the recorder tells every few seconds how far it got

/** One answer a camera, in their order; null while it is not there. */
export function useTimelines(cameraIds: readonly string[], shown: Shown, bounds: Bounds): (CameraTimeline | null)[] {
  const span = within(askedSpan(shown), bounds);
  return useQueries({
    queries: cameraIds.map((id) => ({
      queryKey: ['timeline', id, span.startUs, span.endUs],
      queryFn: ({ signal }: { signal: AbortSignal }) => askTimeline(id, span, signal),
      placeholderData: keepPreviousData,
      staleTime: RUNNING_MS,
      retry: 1,
      refetchInterval: ({ state }: { state: { data: CameraTimeline | undefined } }) =>
        span.endUs > serverClock.now_us() || (state.data && mayChange(state.data)) ? RUNNING_MS : (false as const),
    })),
    combine: (answers) => answers.map(({ data }) => data ?? null),
  });
}
