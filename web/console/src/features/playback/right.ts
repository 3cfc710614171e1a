/** Whether a camera's past may be seen: a right ends without the server's help, and the server may refuse. */
import { isProblem } from '@/api/problem';
import type { Camera } from '@/api/types';

/** null while it may at `now_us`, else the code of why not. */
export function playbackRefusal({ playback }: Pick<Camera, 'playback'>, now_us: number): string | null {
  if (playback === null) return 'playback_needs_olur';
  return playback.until_us !== null && playback.until_us <= now_us ? 'grant_expired' : null;
}

/** Whether an answer says that this may not be seen; that there is no picture, or none now, says nothing of rights. */
export const isRefusal = (error: unknown): boolean =>
  isProblem(error) && (error.status === 401 || error.status === 403 || (error.status === 404 && error.code === 'not_found'));

/** Whether an answer says that this footage shows nothing, now or later. */
export const isUnreadable = (error: unknown): boolean =>
  isProblem(error) && !isRefusal(error) && [404, 410, 500].includes(error.status) && error.code !== 'no_footage' && error.code !== 'server_error';
