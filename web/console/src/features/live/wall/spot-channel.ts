/** Tells other windows of this browser which camera is selected, so that a spot window can follow. */
import { serverClock } from '@/time/server-clock';

const NAME = 'nazar.spot';

/** `asks`: a window that has just opened wants to know. `at_us`: when it was selected, for several walls may answer. */
type Message = { asks: true } | { camera_id: string | null; at_us: number };

/** Says what is selected from now on, also to windows that come later; call the returned function to change or end it. */
export function tellSpot(camera_id: string | null): () => void {
  const channel = new BroadcastChannel(NAME);
  const at_us = serverClock.now_us();
  const tell = () => channel.postMessage({ camera_id, at_us } satisfies Message);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('asks' in data) tell();
  };
  tell();
  return () => channel.close();
}

/** `onSpot` hears what was selected last, whenever that was, then each change. */
export function followSpot(onSpot: (camera_id: string | null) => void): () => void {
  const channel = new BroadcastChannel(NAME);
  let newest_us = -Infinity;
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('asks' in data || data.at_us < newest_us) return;
    newest_us = data.at_us;
    onSpot(data.camera_id);
  };
  channel.postMessage({ asks: true } satisfies Message);
  return () => channel.close();
}
