/** The time of the frame on the screen. Frames drive it: when they stop, it stops. */
import { useImperativeHandle, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { clockTime } from '@/time/format';
import classes from './tile.module.css';

export type ClockHandle = { show: (frame_us: number) => void };

export function FrameClock({ handle, isStopped }: { handle: Ref<ClockHandle>; isStopped: boolean }) {
  const { i18n } = useTranslation();
  const element = useRef<HTMLTimeElement>(null);
  const second = useRef(0);
  useImperativeHandle(handle, () => ({
    // Past React: a wall of 36 tiles would otherwise render 36 times a second.
    show: (frame_us) => {
      const now = Math.floor(frame_us / 1e6);
      if (now === second.current || !element.current) return;
      second.current = now;
      element.current.textContent = clockTime(frame_us, i18n.language);
    },
  }), [i18n.language]);
  return <time ref={element} className={classes['clock']} data-stopped={isStopped} />;
}
