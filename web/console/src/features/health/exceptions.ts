/** Which cameras need a person: the worst first, by place. */
import type { CameraHealth } from './health';

export type Trouble = 'missing' | 'frozen' | 'below_minimum';

export interface Exception {
  camera: CameraHealth;
  troubles: Trouble[];
}

/** No new picture, or the same one again and again. */
export const isFrozen = ({ is_frozen, is_content_frozen }: CameraHealth): boolean => is_frozen || is_content_frozen;

export const troublesOf = (camera: CameraHealth): Trouble[] => [
  ...(camera.is_missing ? (['missing'] as const) : []),
  ...(isFrozen(camera) ? (['frozen'] as const) : []),
  ...(camera.is_below_minimum ? (['below_minimum'] as const) : []),
];

const GRAVITY: Record<Trouble, number> = { missing: 0, frozen: 1, below_minimum: 2 };

/** Cameras with a trouble: not recording before frozen before too little kept, then by number. */
export function exceptionsOf(cameras: readonly CameraHealth[]): Exception[] {
  const found = cameras.map((camera) => ({ camera, troubles: troublesOf(camera) })).filter(({ troubles }) => troubles.length > 0);
  const gravity = ({ troubles }: Exception) => GRAVITY[troubles[0] as Trouble];
  return found.sort((left, right) => gravity(left) - gravity(right) || left.camera.number - right.camera.number);
}

/** Seconds without footage in the last 24 hours. */
export function missingUs(gaps: CameraHealth['gaps'], dayStartUs: number, nowUs: number): number {
  const expected = gaps.filter(({ cause }) => cause !== 'not_commissioned');
  return expected.reduce((sum, gap) => sum + Math.max(0, (gap.end_us ?? nowUs) - Math.max(gap.start_us, dayStartUs)), 0);
}
