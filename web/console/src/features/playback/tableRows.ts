/** The rows of the table of recordings and gaps. */
import type { Camera } from '@/api/types';
import type { CameraTimeline, Gap, Recording } from './coverage';
import { type Shown, endOf } from './zoom';

/** `lengthUs`: null where nobody knows when it began. */
export type Row = { camera: Camera; lengthUs: number | null } & ({ kind: 'recording'; item: Recording } | { kind: 'gap'; item: Gap });

/** Recordings and gaps within what is shown, by their start; what goes on is as long as the time line knew when it was asked. */
export function rowsOf(cameras: readonly Camera[], timelines: readonly (CameraTimeline | null)[], shown: Shown): Row[] {
  const isShown = ({ start_us, end_us }: Recording | Gap) => start_us < endOf(shown) && (end_us === null || end_us > shown.startUs);
  const rows = cameras.flatMap((camera, index): Row[] => {
    const timeline = timelines[index];
    if (!timeline) return [];
    const lengthUs = ({ start_us, end_us }: Recording | Gap) => (start_us <= 0 ? null : (end_us ?? timeline.now_us) - start_us);
    return [
      ...timeline.recordings.filter(isShown).map((item) => ({ camera, lengthUs: lengthUs(item), kind: 'recording' as const, item })),
      ...timeline.gaps.filter(isShown).map((item) => ({ camera, lengthUs: lengthUs(item), kind: 'gap' as const, item })),
    ];
  });
  return rows.sort((left, right) => left.item.start_us - right.item.start_us || left.camera.number - right.camera.number);
}
