import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Camera } from '@/api/types';
import { HoverPicture } from './HoverPicture';
import { PlayheadSlider } from './PlayheadSlider';
import classes from './Timeline.module.css';
import type { CameraTimeline } from './coverage';
import type { Desk } from './desk';
import type { Interval } from './interval';
import { hasMerged, heightOf } from './painter';
import { useTimelineDrawing } from './useTimelineDrawing';
import { useTimelinePointer } from './useTimelinePointer';
import type { ShownControl } from './useShown';
import { useWidth } from './useWidth';

interface Props {
  desk: Desk;
  cameras: readonly Camera[];
  timelines: readonly (CameraTimeline | null)[];
  chosen: number;
  onChoose: (index: number) => void;
  control: ShownControl;
  marked: Interval;
  zone: string;
}

/** The time line: one lane a camera, drawn on a canvas, with a slider for the keyboard and for screen readers. */
export function Timeline({ desk, cameras, timelines, chosen, onChoose, control, marked, zone }: Props) {
  const { t } = useTranslation('playback');
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(surface);
  const [hoverUs, setHoverUs] = useState<number | null>(null);
  const lanes = useMemo(
    () => cameras.map((camera, index) => ({ label: camera.name, timeline: timelines[index] ?? null, isSelected: index === chosen && cameras.length > 1 })),
    [cameras, timelines, chosen],
  );
  useTimelineDrawing({ canvas, widthPx, desk, shown: control.shown, lanes, hoverUs, marked, zone });
  useTimelinePointer({ surface, desk, control, onHover: setHoverUs });

  return (
    <div className={classes['timeline']} role="group" aria-label={t('timeline.label')}>
      <ol className={classes['labels']} data-merged={hasMerged(cameras.length) || undefined}>
        {cameras.map((camera, index) => (
          <li key={camera.id}>
            <button type="button" className={classes['label']} aria-pressed={index === chosen} onClick={() => onChoose(index)}>
              <span className={classes['number']}>{camera.number}</span> <bdi lang="tr">{camera.name}</bdi>
            </button>
          </li>
        ))}
      </ol>
      <div ref={surface} className={classes['surface']}>
        <PlayheadSlider desk={desk} control={control} camera={cameras[chosen]} timeline={timelines[chosen] ?? null} zone={zone}>
          <canvas ref={canvas} className={classes['canvas']} style={{ height: heightOf(cameras.length) }} aria-hidden="true" />
        </PlayheadSlider>
        {hoverUs !== null && cameras[chosen] && (
          <HoverPicture
            camera={cameras[chosen]}
            timeline={timelines[chosen] ?? null}
            us={hoverUs}
            share={(hoverUs - control.shown.startUs) / control.shown.spanUs}
            widthPx={widthPx}
            zone={zone}
          />
        )}
      </div>
    </div>
  );
}
