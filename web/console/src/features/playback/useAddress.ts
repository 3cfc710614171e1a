/** Keeps the moment, the speed, the shown span, the marked interval in the address, so that a colleague can be sent the exact state. */
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { Desk } from './desk';
import type { Interval } from './interval';
import { OwnMoments } from './ownMoments';

const LOOK_MS = 1_000;
const RUNNING_MS = 10_000;
const PATH = '/playback';

export function useAddress(desk: Desk, spanUs: number, marked: Interval): void {
  const navigate = useNavigate({ from: PATH });
  const router = useRouter();
  const { at } = useSearch({ from: '/signed-in/shell/playback' });
  const own = useRef(new OwnMoments(at));
  const written = useRef({ key: '', atMs: 0 });

  useEffect(() => {
    if (at !== undefined && !own.current.saw(at)) desk.seek(at);
  }, [at, desk]);

  useEffect(() => {
    const timer = setInterval(() => {
      // On the way to another page already: writing now would call the person back.
      if (router.latestLocation.pathname !== PATH) return;
      const { isPlaying, rate } = desk.state.get();
      const now = Math.round(desk.atUs);
      const key = [isPlaying ? '' : now, rate, spanUs, marked.inUs, marked.outUs].join('/');
      const isDue = performance.now() - written.current.atMs > RUNNING_MS;
      if (key === written.current.key && !(isPlaying && isDue)) return;
      written.current = { key, atMs: performance.now() };
      own.current.wrote(now);
      void navigate({
        search: ({ cameras, from, until }) => ({
          ...(cameras ? { cameras } : {}),
          ...(from !== undefined && until !== undefined ? { from, until } : {}),
          at: now,
          speed: rate,
          span_s: Math.round(spanUs / 1_000_000),
          ...(marked.inUs === null ? {} : { in: marked.inUs }),
          ...(marked.outUs === null ? {} : { out: marked.outUs }),
        }),
        replace: true,
      });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [desk, navigate, router, spanUs, marked]);
}
