/** Who watches, over every picture of playback; taking it away ends the picture. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useMe } from '@/api/session';
import { Watermark } from '@/features/live/tile/watermark';
import { languageNow } from '@/i18n';
import { dayAndTime } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import classes from './watermark.module.css';

export function useWatermark(place: RefObject<HTMLElement | null>, onTamper: () => void): void {
  const me = useMe();
  const who = me ? `${me.display_name} · ${me.name}` : '';
  const tampered = useRef(onTamper);
  useEffect(() => {
    tampered.current = onTamper;
  });
  // Taken off before the picture leaves the page: what leaves otherwise was torn out.
  useLayoutEffect(() => {
    if (!place.current || who === '') return;
    const text = () => `${who} · ${dayAndTime(serverClock.now_us(), languageNow())}`;
    const mark = new Watermark(place.current, classes['watermark'] ?? '', text, () => tampered.current());
    return () => mark.remove();
  }, [place, who]);
}
