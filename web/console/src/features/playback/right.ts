/** Whether a camera's past may be seen: a right ends without the server's help. */
import type { Camera } from '@/api/types';

/** null while it may at `now_us`, else the code of why not. */
export function playbackRefusal({ playback }: Pick<Camera, 'playback'>, now_us: number): string | null {
  if (playback === null) return 'playback_needs_olur';
  return playback.until_us !== null && playback.until_us <= now_us ? 'grant_expired' : null;
}
