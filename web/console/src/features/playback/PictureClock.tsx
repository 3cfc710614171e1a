import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraTrack } from './cameraTrack';
import type { Desk } from './desk';
import { clock, exactClock } from '@/time/timeWords';
import classes from './PlaybackTile.module.css';

/** The time of the picture that is seen, from the picture itself; nothing while none is seen. */
export function PictureClock({ desk, track, zone }: { desk: Desk; track: CameraTrack | null; zone: string }) {
  const { i18n } = useTranslation();
  const element = useRef<HTMLTimeElement>(null);

  useEffect(() => {
    const show = () => {
      const us = track?.pictureUs ?? null;
      const shown = element.current;
      if (!shown) return;
      const write = desk.state.get().isPlaying ? clock : exactClock;
      const words = us === null ? '' : write(us, i18n.language, zone);
      if (shown.textContent !== words) shown.textContent = words;
      shown.dataset['pictureUs'] = us === null ? '' : String(Math.round(us));
    };
    show();
    return desk.pulse.subscribe(show);
  }, [desk, track, zone, i18n.language]);

  return <time ref={element} className={classes['clock']} />;
}
