/** Which playback a case's officer may open: exactly the locked intervals, cameras of one interval together. */
import type { RequestDetail } from '@/api/footage';
import { MOST_CAMERAS } from '@/features/playback/search';

type Item = Pick<RequestDetail['items'][number], 'camera_id' | 'camera_number' | 'start_us' | 'end_us' | 'may_watch'>;
export type Watch = { start_us: number; end_us: number; cameras: string[]; numbers: number[] };

/** One for each interval and each nine cameras, by time. */
export function watchesOf(items: readonly Item[]): Watch[] {
  const found: Watch[] = [];
  for (const { camera_id, camera_number, start_us, end_us, may_watch } of items) {
    if (!may_watch) continue;
    const fitting = found.find((one) => one.start_us === start_us && one.end_us === end_us && one.cameras.length < MOST_CAMERAS);
    if (fitting) {
      fitting.cameras.push(camera_id);
      fitting.numbers.push(camera_number);
    } else found.push({ start_us, end_us, cameras: [camera_id], numbers: [camera_number] });
  }
  return found.sort((one, other) => one.start_us - other.start_us || (one.numbers[0] ?? 0) - (other.numbers[0] ?? 0));
}
