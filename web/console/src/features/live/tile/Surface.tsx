/** One video element with one live session in it. */
import { useEffect, useRef } from 'react';
import type { StreamKind } from '@/api/types';
import { LiveSession, type Sight } from '@/players/live-session';
import type { Transport } from '@/players/player';
import classes from './tile.module.css';

type Props = {
  camera_id: string;
  codec: string | null;
  stream: StreamKind;
  prefer: Transport;
  isShown: boolean;
  onSession: (session: LiveSession | null, video: HTMLVideoElement) => void;
  onFrame: (sight: Sight, video: HTMLVideoElement) => void;
};

export function Surface({ camera_id, codec, stream, prefer, isShown, onSession, onFrame }: Props) {
  const element = useRef<HTMLVideoElement>(null);
  const playing = useRef<LiveSession>(null);
  const heard = useRef({ onSession, onFrame });
  useEffect(() => {
    heard.current = { onSession, onFrame };
  });
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    const session = new LiveSession(
      { video, camera_id, stream, codec, prefer },
      (sight) => heard.current.onFrame(sight, video),
      () => undefined,
    );
    playing.current = session;
    heard.current.onSession(session, video);
    return () => {
      playing.current = null;
      session.close();
      heard.current.onSession(null, video);
    };
    // A codec that becomes known while playing begins nothing anew; another camera or stream does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [camera_id, stream, prefer]);
  useEffect(() => playing.current?.knows(codec), [codec]);
  return (
    <video
      ref={element}
      className={classes['video']}
      data-shown={isShown}
      data-stream={stream}
      muted
      playsInline
      autoPlay
      disablePictureInPicture
      disableRemotePlayback
      controlsList="nodownload noremoteplayback nofullscreen"
      tabIndex={-1}
      aria-hidden="true"
      onContextMenu={(event) => event.preventDefault()}
      onDragStart={(event) => event.preventDefault()}
    />
  );
}
