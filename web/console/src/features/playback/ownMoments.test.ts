import { describe, expect, it } from 'vitest';

import { OwnMoments } from './ownMoments';

describe('moments in the address', () => {
  it('takes its own for an echo, also late and with one left out', () => {
    const moments = new OwnMoments(10);
    moments.wrote(20);
    moments.wrote(30);
    moments.wrote(40);
    expect(moments.saw(20)).toBe(true); // after 30 and 40 were written
    expect(moments.saw(40)).toBe(true); // 30 was replaced before it could be seen
  });

  it('takes another for an order, also one that it wrote earlier', () => {
    const moments = new OwnMoments(10);
    moments.wrote(20);
    expect(moments.saw(20)).toBe(true);
    expect(moments.saw(99)).toBe(false); // a link
    expect(moments.saw(20)).toBe(false); // and Back again
  });

  it('expects no echo of what stands there already', () => {
    const moments = new OwnMoments(10);
    moments.wrote(10);
    expect(moments.saw(50)).toBe(false);
    expect(moments.saw(10)).toBe(false);
  });

  it('is not asked to go where the page was opened', () => {
    expect(new OwnMoments(10).saw(10)).toBe(true);
    expect(new OwnMoments(undefined).saw(10)).toBe(false);
  });
});
