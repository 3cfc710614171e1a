/** What this browser can play, asked of the browser itself and never guessed from its name. */

type MediaSourceClass = typeof MediaSource;

/** iPhones have only the managed kind. */
export function mediaSourceClass(): MediaSourceClass | null {
  const managed = (globalThis as { ManagedMediaSource?: MediaSourceClass }).ManagedMediaSource;
  return globalThis.MediaSource ?? managed ?? null;
}

export const canMse = (): boolean => mediaSourceClass() !== null && 'WebSocket' in globalThis;

/** WebRTC here carries H.264 only (the server passes streams through). */
export function canWhep(codec: string | null): boolean {
  if (!('RTCPeerConnection' in globalThis)) return false;
  if (codec !== null && !/h\.?264|avc/i.test(codec)) return false;
  const codecs = globalThis.RTCRtpReceiver?.getCapabilities?.('video')?.codecs ?? [];
  return codecs.some((known) => known.mimeType.toLowerCase() === 'video/h264');
}
