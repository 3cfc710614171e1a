/** Pointer, wheel and pinch on the time line. Everything here has its key too. */
import { type RefObject, useEffect, useRef } from 'react';
import type { Desk } from './desk';
import { AXIS_PX } from './painter';
import type { ShownControl } from './useShown';

interface Pointing {
  surface: RefObject<HTMLElement | null>;
  desk: Desk;
  control: ShownControl;
  onHover: (us: number | null) => void;
}

const WHEEL_STEP = 1.0015;
const PAN_SHARE = 0.0012;

export function useTimelinePointer({ surface, desk, control, onHover }: Pointing): void {
  const latest = useRef({ control, onHover });
  useEffect(() => {
    latest.current = { control, onHover };
  });

  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const touches = new Map<number, number>();
    let drag: 'scrub' | 'pan' | null = null;
    let lastX = 0;

    const usAt = (clientX: number) => {
      const { left, width } = element.getBoundingClientRect();
      const { shown } = latest.current.control;
      return Math.round(shown.startUs + ((clientX - left) / width) * shown.spanUs);
    };
    const perPx = () => latest.current.control.shown.spanUs / element.getBoundingClientRect().width;

    const pinch = (event: PointerEvent) => {
      const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
      const before = touches.get(event.pointerId);
      touches.set(event.pointerId, event.clientX);
      if (other === undefined || before === undefined) return;
      const factor = Math.max(20, Math.abs(before - other)) / Math.max(20, Math.abs(event.clientX - other));
      latest.current.control.zoomAt(usAt((event.clientX + other) / 2), factor);
    };

    const down = (event: PointerEvent) => {
      if (event.button !== 0) return;
      element.setPointerCapture(event.pointerId);
      touches.set(event.pointerId, event.clientX);
      if (touches.size > 1) {
        if (drag === 'scrub') desk.endScrub(false);
        drag = null;
        return;
      }
      lastX = event.clientX;
      drag = event.clientY - element.getBoundingClientRect().top < AXIS_PX ? 'pan' : 'scrub';
      if (drag === 'scrub') {
        latest.current.control.follow();
        desk.scrub(usAt(event.clientX));
      }
    };
    const move = (event: PointerEvent) => {
      if (touches.size > 1) return pinch(event);
      if (drag === 'scrub') desk.scrub(usAt(event.clientX));
      else if (drag === 'pan') {
        latest.current.control.pan((lastX - event.clientX) * perPx());
        lastX = event.clientX;
      }
      if (event.pointerType === 'mouse' || drag === 'scrub') latest.current.onHover(usAt(event.clientX));
    };
    const up = (event: PointerEvent) => {
      touches.delete(event.pointerId);
      if (drag === 'scrub') desk.endScrub(event.type === 'pointerup');
      drag = null;
      if (event.pointerType !== 'mouse') latest.current.onHover(null);
    };
    const leave = () => {
      if (!drag) latest.current.onHover(null);
    };
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const { control: now } = latest.current;
      if (event.ctrlKey) now.zoomAt(usAt(event.clientX), WHEEL_STEP ** event.deltaY);
      else now.pan((event.deltaX || event.deltaY) * now.shown.spanUs * PAN_SHARE);
    };
    const twice = (event: MouseEvent) => latest.current.control.level(1, usAt(event.clientX));
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || drag !== 'scrub') return;
      drag = null;
      desk.endScrub(false);
    };

    element.addEventListener('pointerdown', down);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerup', up);
    element.addEventListener('pointercancel', up);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('dblclick', twice);
    element.addEventListener('wheel', wheel, { passive: false });
    window.addEventListener('keydown', escape);
    return () => {
      element.removeEventListener('pointerdown', down);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerup', up);
      element.removeEventListener('pointercancel', up);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('dblclick', twice);
      element.removeEventListener('wheel', wheel);
      window.removeEventListener('keydown', escape);
    };
  }, [surface, desk]);
}
