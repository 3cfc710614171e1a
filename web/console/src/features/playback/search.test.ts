import { describe, expect, it } from 'vitest';

import { validatePlaybackSearch } from './search';

const A = '0190a1b2-0000-7000-8000-00000000000a';
const B = '0190a1b2-0000-7000-8000-00000000000b';

describe('the address of a playback', () => {
  it('keeps what a colleague needs to see the same', () => {
    const search = { cameras: [A, B], at: 1_763_700_000_000_000, speed: 0.5, span_s: 3600, in: 1_763_700_000_000_000, out: 1_763_700_060_000_000 };
    expect(validatePlaybackSearch(search)).toEqual(search);
    expect(validatePlaybackSearch({ cameras: `${A},${B}` })).toEqual({ cameras: [A, B] });
  });

  it('drops what cannot be', () => {
    expect(validatePlaybackSearch({ in: 20, out: 10 })).toEqual({ in: 20 });
    expect(validatePlaybackSearch({ cameras: ['../x', 3, A, A], at: 'now', speed: 3, span_s: 1e12, other: 1 })).toEqual({ cameras: [A] });
  });
});
