/** One camera on the wall. */
import { memo, useCallback, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionEnd } from '@/api/session-gate';
import type { Camera, StreamKind } from '@/api/types';
import type { Verdict } from '@/players/frozen';
import type { Sight } from '@/players/live-session';
import type { Transport } from '@/players/player';
import { useOnScreen } from '@/state/useOnScreen';
import { useStore } from '@/state/store';
import { useServerTime } from '@/time/useServerTime';
import { BottomStrip } from './BottomStrip';
import { Countdown } from './Countdown';
import type { ClockHandle } from './FrameClock';
import { Picture } from './Picture';
import { Slate } from './Slate';
import { mayWatch, showsPicture, tileState } from './tile-state';
import classes from './tile.module.css';
import { TopStrip } from './TopStrip';

type Props = {
  camera: Camera;
  stream: StreamKind;
  prefer: Transport;
  /** The page can be seen; a hidden one lets its tiles rest. */
  isAwake: boolean;
  /** Buttons of the bottom strip. */
  actions?: ReactNode;
};

const FIRST: Verdict = { state: 'connecting', stage: 'none' };

export const Tile = memo(function Tile({ camera, stream, prefer, isAwake, actions }: Props) {
  const { t } = useTranslation('live');
  const place = useRef<HTMLDivElement>(null);
  const clock = useRef<ClockHandle>(null);
  const isSessionOver = useStore(sessionEnd) !== null;
  const isAllowed = useServerTime((now_us) => mayWatch(camera, now_us));
  const isOnScreen = useOnScreen(place);
  const [isTampered, setTampered] = useState(false);
  const [seen, setSeen] = useState<{ verdict: Verdict; sight: Sight | null }>({ verdict: FIRST, sight: null });
  const isPlaying = isAllowed && !isSessionOver && !isTampered && isAwake && isOnScreen;
  const state = tileState(camera, isPlaying ? seen.verdict : FIRST, {
    isSessionOver,
    isTampered,
    isStopped: !isAwake || !isOnScreen,
    now_us: isAllowed ? 0 : Infinity,
  });
  const onSeen = useCallback((verdict: Verdict, sight: Sight | null) => setSeen({ verdict, sight }), []);
  const onTamper = useCallback(() => setTampered(true), []);
  const onFrame = useCallback((frame_us: number) => clock.current?.show(frame_us), []);

  return (
    <div ref={place} className={classes['tile']} data-state={state} data-camera={camera.number} data-stream={stream}>
      {isPlaying && (
        <Picture
          camera={camera}
          stream={stream}
          prefer={prefer}
          dimming={state === 'frozen' ? 'dim' : showsPicture(state) ? 'none' : 'hidden'}
          onSeen={onSeen}
          onFrame={onFrame}
          onTamper={onTamper}
        />
      )}
      <Slate camera={camera} state={state} verdict={seen.verdict} sight={seen.sight} onResume={() => setTampered(false)} />
      <TopStrip camera={camera} state={state} sight={seen.sight} clock={clock} isStopped={state !== 'live' && state !== 'delayed'} />
      <BottomStrip camera={camera} sight={state === 'live' || state === 'delayed' ? seen.sight : null} stream={stream} actions={actions} />
      <Countdown until_us={camera.live?.until_us ?? null} />
      <span className="nz-hidden">{t(`state.${state}`)}</span>
    </div>
  );
});
