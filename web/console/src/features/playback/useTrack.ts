/** Binds a camera's track to the elements of its tile, and takes its pictures away when the right or the session ends. */
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { sessionEnd } from '@/api/session-gate';
import { createStore, useStore } from '@/state/store';
import type { CameraTrack } from './cameraTrack';
import type { Desk } from './desk';
import type { TrackView } from './trackView';

const LOADING = createStore<TrackView>({ kind: 'loading' });

export function useTrack(
  desk: Desk,
  cameraId: string,
  video: RefObject<HTMLVideoElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  /** Why it may not be seen, null while it may. */
  refusal: string | null,
): { track: CameraTrack | null; view: TrackView } {
  const [track, setTrack] = useState<CameraTrack | null>(null);
  const hasEnded = useStore(sessionEnd) !== null;
  const isOpen = refusal === null && !hasEnded;
  const closed = useMemo(() => (refusal === null ? LOADING : createStore<TrackView>({ kind: 'refused', code: refusal, detail: '' })), [refusal]);

  useEffect(() => {
    if (!isOpen || !video.current || !canvas.current) return;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the elements exist only now
    setTrack(desk.attach(cameraId, video.current, canvas.current));
    return () => {
      desk.detach(cameraId);
      setTrack(null);
    };
  }, [desk, cameraId, video, canvas, isOpen]);

  return { track, view: useStore(track && isOpen ? track.view : closed) };
}
