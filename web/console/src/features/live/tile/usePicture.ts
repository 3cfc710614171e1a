/** The live picture of one tile: which surfaces stand, what is known of what they show. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Camera, StreamKind } from '@/api/types';
import { judge, type Verdict } from '@/players/frozen';
import type { LiveSession, Sight } from '@/players/live-session';
import type { Transport } from '@/players/player';
import { onTick } from '@/time/ticker';
import { DropWatch } from './drop-watch';
import { StutterWatch } from './stutter-watch';

/** The main stream gets this long to show its first frame before the tile goes back to the sub stream. */
const MAIN_PATIENCE_MS = 3_000;
const BARRED_MS = 60_000;
/** Players are made anew unseen, each at another time, for browsers tire of eight-hour videos. */
const RECYCLE_MS = 2 * 3_600_000;

export type Slot = { key: string; stream: StreamKind };
type Live = { session: LiveSession; video: HTMLVideoElement };

export type Picture = {
  slots: Slot[];
  shown: string | null;
  verdict: Verdict;
  sight: Sight | null;
  register: (key: string, session: LiveSession | null, video: HTMLVideoElement) => void;
  frame: (key: string) => void;
};

const slotOf = (stream: StreamKind, prefer: Transport, generation: number): Slot => ({
  key: `${stream}/${prefer}/${generation}`,
  stream,
});

export function usePicture(camera: Camera, stream: StreamKind, prefer: Transport): Picture {
  const [isMainBarred, barMain] = useState(false);
  const [generation, setGeneration] = useState(0);
  const wanted = slotOf(isMainBarred && camera.has_sub ? 'sub' : stream, prefer, generation);
  const [slots, setSlots] = useState<Slot[]>([wanted]);
  const [shown, setShown] = useState<string | null>(null);
  const [verdict, setVerdict] = useState<Verdict>({ state: 'connecting', stage: 'none' });
  const [sight, setSight] = useState<Sight | null>(null);
  const lives = useRef(new Map<string, Live>());
  const since_ms = useRef(0);
  const pace = useRef(camera.frames_per_s);
  useEffect(() => {
    pace.current = camera.frames_per_s;
  }, [camera.frames_per_s]);

  // The old picture stays until the new one has a frame: changing streams shows no black.
  if (slots.at(-1)?.key !== wanted.key) {
    const kept = slots.find((slot) => slot.key === shown) ?? slots.at(-1);
    setSlots(kept && kept.key !== wanted.key ? [kept, wanted] : [wanted]);
  }

  const register = useCallback((key: string, session: LiveSession | null, video: HTMLVideoElement) => {
    if (session) lives.current.set(key, { session, video });
    else lives.current.delete(key);
  }, []);

  const frame = useCallback((key: string) => {
    setShown(key);
    setSlots((all) => (all.length > 1 && all.at(-1)?.key === key ? all.slice(-1) : all));
  }, []);

  useEffect(() => {
    since_ms.current = performance.now();
    let before = '';
    return onTick(() => {
      const live = (shown !== null ? lives.current.get(shown) : undefined) ?? [...lives.current.values()].at(-1);
      if (!live) return;
      const seen = live.session.sight;
      const next = judge({ ...seen, now_ms: performance.now(), since_ms: since_ms.current, is_content_frozen: camera.is_content_frozen });
      const latency = seen.latency_s === null ? '' : seen.latency_s.toFixed(1);
      const after = JSON.stringify([next, latency, seen.transport]);
      if (after === before) return;
      before = after;
      setVerdict(next);
      setSight({ ...seen });
    });
  }, [camera.id, camera.is_content_frozen, shown]);

  const isTryingMain = wanted.stream === 'main' && camera.has_sub;
  useEffect(() => {
    if (!isTryingMain) return;
    const drops = new DropWatch();
    const stutters = new StutterWatch();
    const key = wanted.key;
    const patience = setTimeout(() => {
      if (lives.current.get(key)?.session.sight.last_frame_ms === null) barMain(true);
    }, MAIN_PATIENCE_MS);
    const stop = onTick(() => {
      const live = lives.current.get(key);
      const phase = live?.session.sight.phase;
      if (phase?.at === 'refused' && phase.code.includes('codec')) barMain(true);
      if (!live || document.hidden) return;
      const now_ms = performance.now();
      if (drops.isTooMany(live.video.getVideoPlaybackQuality(), now_ms)) barMain(true);
      if (stutters.isTooMuch(live.session.sight, pace.current, now_ms)) barMain(true);
    });
    return () => {
      clearTimeout(patience);
      stop();
    };
  }, [isTryingMain, wanted.key]);

  useEffect(() => {
    if (!isMainBarred) return;
    const timer = setTimeout(() => barMain(false), BARRED_MS * (1 + Math.random()));
    return () => clearTimeout(timer);
  }, [isMainBarred]);

  useEffect(() => {
    const timer = setInterval(() => setGeneration((now) => now + 1), RECYCLE_MS * (0.9 + 0.2 * Math.random()));
    return () => clearInterval(timer);
  }, []);

  return { slots, shown, verdict, sight, register, frame };
}
