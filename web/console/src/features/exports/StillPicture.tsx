/** One picture of a camera's asked time, with the watermark of who looks, and what is drawn over it. */
import { Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '@/ui/problem-words';
import { readStill } from '@/features/playback/api';
import { useWatermark } from '@/features/playback/useWatermark';
import classes from './masks.module.css';

const WIDTH_PX = 1280;

export function StillPicture({ camera_id, at_us, children }: { camera_id: string; at_us: number; children: ReactNode }) {
  const { t } = useTranslation('exports');
  const words = useProblemWords();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isTampered, setIsTampered] = useState(false);
  useWatermark(place, () => setIsTampered(true));
  useEffect(() => {
    const asked = new AbortController();
    readStill(camera_id, { atUs: at_us, widthPx: WIDTH_PX, isExact: true }, asked.signal).then(
      ({ picture }) => {
        if (asked.signal.aborted || !canvas.current) return;
        canvas.current.width = picture.width;
        canvas.current.height = picture.height;
        canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
        canvas.current.dataset['shown'] = String(at_us);
        setProblem(null);
      },
      (error: unknown) => {
        if (!asked.signal.aborted) setProblem(error);
      },
    );
    return () => asked.abort();
  }, [camera_id, at_us]);
  return (
    <>
      <div ref={place} className={classes['picture']} data-picture={camera_id} onContextMenu={(event) => event.preventDefault()}>
        {!isTampered && <canvas ref={canvas} width={1280} height={720} />}
        {children}
      </div>
      {problem !== null && <Text size="sm" role="alert">{words(problem)} {t('derived.other_moment')}</Text>}
    </>
  );
}
