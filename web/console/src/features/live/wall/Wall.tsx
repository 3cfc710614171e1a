/** A wall that a person operates: grid, keys, call-up, full screen. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { usePageAwake } from '@/state/usePageAwake';
import { useStore } from '@/state/store';
import { actOf } from './keymap';
import { hasLetterKeys, overlayLevel } from './settings';
import { tellSpot } from './spot-channel';
import { useCallUp } from './useCallUp';
import { useWakeLock } from './useWakeLock';
import { cameraIn, type WallAct, type WallState } from './wall-state';
import classes from './wall.module.css';
import { WallGrid } from './WallGrid';

const HIDDEN_GRACE_MS = 30_000;
const MESSAGE_MS = 3_000;

export type WallCommands = {
  search: () => void;
  stepView: (step: 1 | -1) => void;
  tour: () => void;
  keys: () => void;
  fullScreen: () => void;
  /** Null: this person does not ask for holds. */
  askHold: ((camera: Camera) => void) | null;
  /** A person did something: tours pause. */
  touched: () => void;
};

type Props = {
  container: React.RefObject<HTMLDivElement | null>;
  state: WallState;
  change: (act: WallAct) => void;
  cameras: Camera[];
  commands: WallCommands;
  isFilled: boolean;
  children?: React.ReactNode;
};

export function Wall({ container, state, change, cameras, commands, isFilled, children }: Props) {
  const { t } = useTranslation('live');
  const isAwake = usePageAwake(HIDDEN_GRACE_MS);
  const letters = useStore(hasLetterKeys);
  const callUp = useCallUp();
  const [message, setMessage] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const called = useMemo(() => cameras.find((camera) => String(camera.number) === callUp.digits), [cameras, callUp.digits]);
  useWakeLock();

  useEffect(() => tellSpot(cameraIn(state, state.selected)), [state]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function say(text: string) {
    clearTimeout(timer.current);
    setMessage(text);
    timer.current = setTimeout(() => setMessage(''), MESSAGE_MS);
  }

  function enter() {
    if (callUp.digits === '') return change({ do: 'zoom' });
    if (called) change({ do: 'place', camera_id: called.id });
    else say(t('no_such_number', { number: callUp.digits }));
    callUp.clear();
  }

  function escape() {
    if (callUp.digits !== '') callUp.clear();
    else if (state.isZoomed) change({ do: 'zoom', isZoomed: false });
  }

  function askHold() {
    const camera = cameras.find((one) => one.id === cameraIn(state, state.selected));
    if (camera) commands.askHold?.(camera);
  }

  function pressed(event: KeyboardEvent<HTMLDivElement>) {
    // Only tiles: a button or a menu inside of one keeps its own keys.
    if ((event.target as HTMLElement).hasAttribute('data-tile')) obey(event);
  }

  function obey(event: KeyboardEvent<HTMLDivElement> | globalThis.KeyboardEvent) {
    const act = actOf(event, letters);
    if (!act) return;
    event.preventDefault();
    commands.touched();
    switch (act.do) {
      case 'move':
      case 'swap':
        return state.isZoomed && act.do === 'swap' ? undefined : change({ do: act.do, direction: act.direction });
      case 'digit':
        return callUp.add(act.digit);
      case 'backspace':
        return callUp.back();
      case 'enter':
        return enter();
      case 'escape':
        return escape();
      case 'clear':
        return change({ do: 'clear' });
      case 'search':
        return commands.search();
      case 'view':
        return commands.stepView(act.step);
      case 'tour':
        return commands.tour();
      case 'full_screen':
        return commands.fullScreen();
      case 'overlay':
        return overlayLevel.set((overlayLevel.get() + 1) % 3);
      case 'keys':
        return commands.keys();
      case 'ask_hold':
        return askHold();
    }
  }

  useEffect(() => {
    // Nothing has the focus, after signing in, say: then keys are the wall's too.
    const lost = (event: globalThis.KeyboardEvent) => {
      if (event.target === document.body) obey(event);
    };
    window.addEventListener('keydown', lost);
    return () => window.removeEventListener('keydown', lost);
  });

  return (
     
    <div
      ref={container}
      className={classes['wall']}
      data-filled={isFilled}
      role="region"
      aria-label={t('wall')}
      onKeyDown={pressed}
      onPointerDown={commands.touched}
    >
      <WallGrid state={state} change={change} cameras={cameras} isAwake={isAwake} askHold={commands.askHold} />
      {children}
      {callUp.digits !== '' && (
        <div className={classes['callup']}>
          <b>{callUp.digits}</b>
          <span>{called ? called.name : t('call_hint')}</span>
        </div>
      )}
      <div role="status" aria-live="polite" className={message ? classes['message'] : 'nz-hidden'}>
        {message}
      </div>
    </div>
  );
}
