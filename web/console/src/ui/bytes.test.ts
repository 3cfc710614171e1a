import { describe, expect, it } from 'vitest';

import { bytes } from './bytes';

describe('sizes in words', () => {
  it.each([
    [0, 'tr', '0 B'],
    [1_400_000_000, 'tr', '1,4 GB'],
    [1_400_000_000, 'en', '1.4 GB'],
    [38_200_000, 'tr', '38 MB'],
    [999_600, 'en', '1.0 MB'],
  ])('%d in %s', (size, language, words) => {
    expect(bytes(size, language)).toBe(words);
  });
});
