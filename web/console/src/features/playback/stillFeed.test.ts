import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StillFeed } from './stillFeed';

// The browser's own parts: what answers, what decodes, what draws, the clock.
let answers: (() => Response)[] = [];
let asked: string[] = [];
let now_ms = 0;
const canvas = () => ({ width: 0, height: 0, clientWidth: 320, getContext: () => ({ drawImage: () => undefined }) }) as unknown as HTMLCanvasElement;
const picture = () => new Response(new Blob(['jpeg']), { headers: { 'Nazar-Frame-Time-Us': '5000000' } });
const problem = (status: number, code: string) => () => Response.json({ code, detail: 'Said by the server.' }, { status });
const stillsAsked = () => asked.filter((url) => url.includes('frame.jpg')).length;
const settle = () => new Promise((done) => setTimeout(done, 0));

beforeEach(() => {
  answers = [];
  asked = [];
  now_ms = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now_ms);
  vi.stubGlobal('document', { documentElement: { lang: 'tr' } });
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 320, height: 180, close: () => undefined }));
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    return Promise.resolve(url.includes('keyframes') ? Response.json({ key_frames_us: [5_000_000] }) : (answers.shift() ?? picture)());
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a picture that could not be had is asked for again a second later, not sooner', async () => {
  answers = [problem(503, 'busy'), picture];
  const feed = new StillFeed('camera', canvas(), () => undefined);
  feed.showKeyFrame(6_000_000);
  await settle();
  feed.showKeyFrame(5_000_000);
  await settle();
  expect([stillsAsked(), feed.shownUs]).toEqual([2, 5_000_000]);

  answers = [problem(503, 'busy'), picture];
  feed.clear();
  feed.showKeyFrame(6_000_000);
  await settle();
  feed.showKeyFrame(6_000_000);
  await settle();
  expect([stillsAsked(), feed.shownUs]).toEqual([3, null]);
  now_ms += 1_000;
  feed.showKeyFrame(6_000_000);
  await settle();
  expect([stillsAsked(), feed.shownUs]).toEqual([4, 5_000_000]);
  now_ms += 10_000;
  feed.showKeyFrame(6_000_000);
  await settle();
  expect(stillsAsked()).toBe(4);
});

test('key frames that could not be had are asked for again a second later', async () => {
  let isDown = true;
  const keysAsked = () => asked.filter((url) => url.includes('keyframes')).length;
  const up = fetch;
  vi.stubGlobal('fetch', async (url: string) => {
    if (!isDown || !url.includes('keyframes')) return up(url);
    asked.push(url);
    throw new TypeError('no line');
  });
  const feed = new StillFeed('camera', canvas(), () => undefined);
  for (let beat = 0; beat < 5; beat += 1) {
    feed.showKeyFrame(6_000_000 + beat);
    await settle();
  }
  expect(keysAsked()).toBe(1);
  isDown = false;
  now_ms += 1_000;
  feed.showKeyFrame(6_000_005);
  await settle();
  expect(keysAsked()).toBe(2);
  const before = stillsAsked();
  for (let beat = 0; beat < 5; beat += 1) {
    feed.showKeyFrame(6_000_010 + beat); // all of one key frame, now that it is known
    await settle();
  }
  expect([keysAsked(), stillsAsked()]).toEqual([2, before + 1]);
});

test('it knows why the wanted picture cannot be had until it can, or another is wanted', async () => {
  answers = [problem(404, 'no_key_frame'), picture];
  const told: unknown[] = [];
  const feed = new StillFeed('camera', canvas(), (error) => told.push(error));
  feed.showKeyFrame(6_000_000);
  await settle();
  expect(feed.problem).toMatchObject({ status: 404, code: 'no_key_frame', detail: 'Said by the server.' });
  expect(told).toEqual([feed.problem]);
  feed.showKeyFrame(5_000_000);
  await settle();
  expect(feed.problem).toBeNull();
});
