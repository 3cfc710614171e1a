/** Draws the time line whenever something on it changes; the playhead ten times a second. */
import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { serverClock } from '@/time/server-clock';
import type { Desk } from './desk';
import type { Interval } from './interval';
import { type Colours, type Lane, Painter, heightOf } from './painter';
import { ticksOf } from './ticks';
import { tickWord } from '@/time/timeWords';
import type { Shown } from './zoom';

interface Drawing {
  canvas: RefObject<HTMLCanvasElement | null>;
  widthPx: number;
  desk: Desk;
  shown: Shown;
  lanes: readonly Lane[];
  hoverUs: number | null;
  marked: Interval;
  zone: string;
}

const TICK_PX = 90;

function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--nz-${name}`).trim();
  return {
    canvas: token('canvas'),
    panel: token('raised'),
    text: token('text'),
    text2: token('text-2'),
    divider: token('control'),
    faint: token('divider'),
    footage: token('footage'),
    warning: token('warning'),
    accent: token('accent'),
    info: token('info'),
  };
}

function sizeTo(canvas: HTMLCanvasElement, widthPx: number, heightPx: number): void {
  canvas.width = Math.round(widthPx);
  canvas.height = Math.round(heightPx);
}

export function useTimelineDrawing({ canvas, widthPx, desk, shown, lanes, hoverUs, marked, zone }: Drawing): void {
  const { t, i18n } = useTranslation('playback');
  const scheme = useComputedColorScheme('dark');
  const painter = useRef<{ painter: Painter; key: string } | null>(null);
  const ticks = useMemo(
    () =>
      ticksOf(shown, zone, Math.max(2, Math.floor(widthPx / TICK_PX))).map((tick) => ({
        tick,
        label: tickWord(tick, shown.spanUs, i18n.language, zone),
      })),
    [shown, zone, widthPx, i18n.language],
  );

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || widthPx === 0) return;
    const scale = window.devicePixelRatio || 1;
    sizeTo(element, widthPx * scale, heightOf(lanes.length) * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    if (painter.current?.key !== scheme) painter.current = { painter: new Painter(context, coloursNow()), key: scheme };
    const { painter: brush } = painter.current;
    let frame = 0;
    const draw = () => {
      brush.paint({
        widthPx,
        shown,
        lanes,
        ticks,
        nowUs: serverClock.now_us(),
        playheadUs: desk.atUs,
        hoverUs,
        marked,
        letterOf: (cause) => t(`cause.${cause}.letter`, '?'),
        guaranteedWord: t('timeline.guaranteed'),
        font: getComputedStyle(element).fontFamily,
      });
    };
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    };
    draw();
    const forget = desk.time.subscribe(soon);
    return () => {
      forget();
      cancelAnimationFrame(frame);
    };
  }, [canvas, widthPx, desk, shown, lanes, ticks, hoverUs, marked, scheme, t]);
}
