/** Keeps the moment, the speed and the shown span in the address, so that a colleague can be sent the exact state. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Desk } from './desk';

const LOOK_MS = 1_000;
const RUNNING_MS = 10_000;

export function useAddress(desk: Desk, spanUs: number): void {
  const navigate = useNavigate({ from: '/playback' });
  const { at } = useSearch({ from: '/signed-in/shell/playback' });
  const written = useRef({ at, key: '', atMs: 0 });

  useEffect(() => {
    if (at === undefined || at === written.current.at) return;
    written.current.at = at;
    desk.seek(at);
  }, [at, desk]);

  useEffect(() => {
    const timer = setInterval(() => {
      const { isPlaying, rate } = desk.state.get();
      const now = Math.round(desk.atUs);
      const key = `${isPlaying ? '' : now}/${rate}/${spanUs}`;
      const isDue = performance.now() - written.current.atMs > RUNNING_MS;
      if (key === written.current.key && !(isPlaying && isDue)) return;
      written.current = { at: now, key, atMs: performance.now() };
      void navigate({
        search: (old) => ({ ...old, at: now, speed: rate, span_s: Math.round(spanUs / 1_000_000) }),
        replace: true,
      });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [desk, navigate, spanUs]);
}
