import { describe, expect, it } from 'vitest';

import { NewestOnly } from './newestOnly';

function recorder() {
  const started: number[] = [];
  const finish: (() => void)[] = [];
  const newest = new NewestOnly<number>(
    (asked, signal) =>
      new Promise((resolve, reject) => {
        started.push(asked);
        finish.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('cancelled')));
      }),
  );
  return { newest, started, finish };
}

const settled = () => new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => resolve(null)))));

describe('newest only', () => {
  it('keeps one in flight and takes the newest next', async () => {
    const { newest, started, finish } = recorder();
    [1, 2, 3, 4].forEach((asked) => newest.ask(asked));
    expect(started).toEqual([1]);
    finish[0]?.();
    await settled();
    expect(started).toEqual([1, 4]);
    finish[1]?.();
    await settled();
    expect(newest.isBusy).toBe(false);
  });

  it('goes on after a failure, not after stop', async () => {
    const { newest, started } = recorder();
    newest.ask(1);
    newest.cancel();
    newest.ask(2);
    await settled();
    expect(started).toEqual([1, 2]);
    newest.ask(3);
    newest.stop();
    await settled();
    newest.ask(4);
    expect(started).toEqual([1, 2]);
  });
});
