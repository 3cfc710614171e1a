import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import classes from './Timeline.module.css';
import { type CameraTimeline, findAt } from './coverage';
import type { Desk } from './desk';
import { spoken } from '@/time/timeWords';
import type { ShownControl } from './useShown';
import { endOf } from './zoom';

interface Props {
  desk: Desk;
  control: ShownControl;
  camera: Camera | undefined;
  timeline: CameraTimeline | null;
  zone: string;
  children: ReactNode;
}

/** What each key moves, as a share of the shown part. */
const STEPS: Record<string, number> = { ArrowLeft: -1 / 60, ArrowRight: 1 / 60, ArrowDown: -1 / 60, ArrowUp: 1 / 60, PageDown: -1 / 6, PageUp: 1 / 6 };
const TELL_MS = 1_000;

/** The playhead for keyboard and ears: `role="slider"` with the time, the camera and whether there is footage. */
export function PlayheadSlider({ desk, control, camera, timeline, zone, children }: Props) {
  const { t, i18n } = useTranslation('playback');
  const slider = useRef<HTMLDivElement>(null);
  const { shown } = control;

  useEffect(() => {
    let toldMs = 0;
    const tell = () => {
      const { isPlaying } = desk.state.get();
      const now = performance.now();
      if (!slider.current || (isPlaying && now - toldMs < TELL_MS)) return;
      toldMs = now;
      const us = desk.atUs;
      const found = timeline && findAt(timeline, us);
      const state =
        found?.kind === 'gap' ? t('slider.gap', { cause: t(`cause.${found.gap.cause}.word`, found.gap.cause) })
        : found?.kind === 'footage' ? t('slider.footage')
        : found?.kind === 'ahead' ? t('slider.ahead')
        : t('slider.unknown');
      const words = [spoken(us, i18n.language, zone), camera ? t('slider.camera', { number: camera.number }) : '', state].filter(Boolean).join(', ');
      slider.current.setAttribute('aria-valuenow', String(Math.round(us)));
      if (slider.current.getAttribute('aria-valuetext') !== words) slider.current.setAttribute('aria-valuetext', words);
    };
    tell();
    return desk.pulse.subscribe(tell);
  }, [desk, camera, timeline, zone, t, i18n.language]);

  const pressed = (event: KeyboardEvent) => {
    const share = STEPS[event.key];
    if (share === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    control.follow();
    desk.seek(desk.atUs + share * shown.spanUs);
  };

  return (
    <div
      ref={slider}
      className={classes['slider']}
      role="slider"
      tabIndex={0}
      aria-label={t('slider.label')}
      aria-valuemin={Math.round(shown.startUs)}
      aria-valuemax={Math.round(endOf(shown))}
      aria-valuenow={Math.round(shown.startUs)}
      onKeyDown={pressed}
    >
      {children}
    </div>
  );
}
