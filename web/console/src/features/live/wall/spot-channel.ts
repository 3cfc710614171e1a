/** Tells other windows of this browser which camera is selected, so that a spot window can follow. */
const NAME = 'nazar.spot';

export type SpotMessage = { camera_id: string | null };

export function tellSpot(camera_id: string | null): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage({ camera_id } satisfies SpotMessage);
  channel.close();
}

export function followSpot(onSpot: (camera_id: string | null) => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = (event: MessageEvent<SpotMessage>) => onSpot(event.data.camera_id);
  return () => channel.close();
}
