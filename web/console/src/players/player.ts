/** What every transport of live pictures promises. */
import type { StreamKind } from '@/api/types';
import type { Frame } from './frame-watch';

/** Where a player stands. `waiting`: connected, but the camera gives no picture now. */
export type Phase =
  | { at: 'connecting'; stage: 'asking' | 'negotiating' | 'first_frame' }
  | { at: 'playing' }
  | { at: 'waiting'; code: string }
  /** The line broke; trying again may help. */
  | { at: 'lost'; code: string }
  /** The server said no; `code` says why. Trying again at once cannot help. */
  | { at: 'refused'; code: string };

export type Report = {
  phase: (phase: Phase) => void;
  /** Bytes of pictures came in. */
  bytes: () => void;
  /** Seconds between the camera's picture and its showing here, where the transport knows. */
  latency: (latency_s: number | null) => void;
};

export type Source = { video: HTMLVideoElement; camera_id: string; stream: StreamKind };

/** Plays from its making on, until `close`; reports nothing afterwards. Shows nothing of a picture once closed. */
export type Player = {
  readonly transport: Transport;
  close: () => void;
  /** Unix microseconds at which the camera saw `frame`, where the media says it. */
  frame_us: (frame: Frame) => number | null;
};

export type Transport = 'whep' | 'mse';

/** Forget the picture: the element shows nothing afterwards, not even its last frame. */
export function blank(video: HTMLVideoElement): void {
  video.srcObject = null;
  video.removeAttribute('src');
  video.load();
}

/** Start playing where the browser allows it; a wall is silent, so it does. */
export async function play(video: HTMLVideoElement): Promise<void> {
  try {
    await video.play();
  } catch {
    // Taken back by a later load, or refused until a gesture: the next frame or gesture starts it.
  }
}
