/** The moving part of a tile, under its watermark. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useMe } from '@/api/session';
import type { Camera, StreamKind } from '@/api/types';
import { languageNow } from '@/i18n';
import type { Verdict } from '@/players/frozen';
import type { Sight } from '@/players/live-session';
import type { Transport } from '@/players/player';
import { dayAndTime } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import { Surface } from './Surface';
import classes from './tile.module.css';
import { usePicture } from './usePicture';
import { Watermark } from './watermark';

type Props = {
  camera: Camera;
  stream: StreamKind;
  prefer: Transport;
  dimming: 'none' | 'dim' | 'hidden';
  onSeen: (verdict: Verdict, sight: Sight | null) => void;
  onFrame: (frame_us: number) => void;
  onTamper: () => void;
};

export function Picture({ camera, stream, prefer, dimming, onSeen, onFrame, onTamper }: Props) {
  const { slots, shown, verdict, sight, register, frame } = usePicture(camera, stream, prefer);
  const me = useMe();
  const place = useRef<HTMLDivElement>(null);
  const viewer = me ? `${me.display_name} · ${me.name}` : '';

  useEffect(() => onSeen(verdict, sight), [verdict, sight, onSeen]);

  // Taken off before the picture leaves the page: what leaves otherwise was torn out.
  useLayoutEffect(() => {
    if (!place.current) return;
    const text = () => `${viewer} · ${dayAndTime(serverClock.now_us(), languageNow()).slice(0, -3)} · ${window.location.hostname}`;
    const mark = new Watermark(place.current, classes['watermark'] ?? '', text, onTamper);
    return () => mark.remove();
  }, [viewer, onTamper]);

  return (
    <div ref={place} className={classes['picture']} data-picture={camera.id} data-dimming={dimming}>
      {slots.map((slot) => (
        <Surface
          key={slot.key}
          camera_id={camera.id}
          codec={camera.codec}
          stream={slot.stream}
          prefer={prefer}
          isShown={slot.key === shown}
          onSession={(session, video) => register(slot.key, session, video)}
          onFrame={(at) => {
            if (slot.key !== shown) frame(slot.key);
            onFrame(at.last_frame_us ?? serverClock.now_us());
          }}
        />
      ))}
    </div>
  );
}
