/** Counts the frames that reach the screen, which is the only proof that a picture lives. */
/** `rtp`: the frame's RTP timestamp, where it came by WebRTC. */
export type Frame = { at_ms: number; media_s: number; rtp: number | null; count: number };

const POLL_MS = 500;

/**
 * Call `onFrame` for each frame shown by `video` until the returned function is called.
 *
 * Where the browser has no frame callbacks (or sleeps them) the count of decoded frames is asked twice a second.
 */
export function watchFrames(video: HTMLVideoElement, onFrame: (frame: Frame) => void): () => void {
  let isOver = false;
  let handle = 0;
  if ('requestVideoFrameCallback' in video) {
    const shown: VideoFrameRequestCallback = (_now, metadata) => {
      if (isOver) return;
      onFrame({ at_ms: performance.now(), media_s: metadata.mediaTime, rtp: metadata.rtpTimestamp ?? null, count: metadata.presentedFrames });
      handle = video.requestVideoFrameCallback(shown);
    };
    handle = video.requestVideoFrameCallback(shown);
    return () => {
      isOver = true;
      video.cancelVideoFrameCallback(handle);
    };
  }
  let before = 0;
  const element = video as HTMLVideoElement;
  const poll = setInterval(() => {
    const count = element.getVideoPlaybackQuality().totalVideoFrames;
    if (count > before) onFrame({ at_ms: performance.now(), media_s: element.currentTime, rtp: null, count });
    before = count;
  }, POLL_MS);
  return () => clearInterval(poll);
}
