import { describe, expect, it } from 'vitest';

import { exceptionsOf, missingUs } from './exceptions';
import type { CameraHealth } from './health';

const camera = (number: number, troubles: Partial<CameraHealth>) =>
  ({ number, is_missing: false, is_frozen: false, is_content_frozen: false, is_below_minimum: false, ...troubles }) as CameraHealth;

describe('exceptions', () => {
  it('puts what does not record first and leaves the well ones out', () => {
    const found = exceptionsOf([
      camera(1, { is_below_minimum: true }),
      camera(2, {}),
      camera(3, { is_frozen: true }),
      camera(5, { is_content_frozen: true }),
      camera(9, { is_missing: true, is_below_minimum: true }),
      camera(4, { is_missing: true }),
    ]);
    expect(found.map(({ camera: { number }, troubles }) => [number, troubles])).toEqual([
      [4, ['missing']],
      [9, ['missing', 'below_minimum']],
      [3, ['frozen']],
      [5, ['frozen']],
      [1, ['below_minimum']],
    ]);
  });

  it('counts only what should have been recorded, inside the day', () => {
    const gaps: CameraHealth['gaps'] = [
      { start_us: 0, end_us: 500, cause: 'not_commissioned', detail: '' },
      { start_us: 500, end_us: 700, cause: 'network', detail: '' },
      { start_us: 900, end_us: null, cause: 'camera_offline', detail: '' },
    ];
    expect(missingUs(gaps, 600, 1000)).toBe(200);
  });
});
