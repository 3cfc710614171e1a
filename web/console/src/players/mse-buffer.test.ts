import { beforeEach, expect, test } from 'vitest';
import { MseBuffer } from './mse-buffer';

/** A source buffer whose pieces are spans of time; like a browser's it does one thing at a time and says when it is done. */
class Spans extends EventTarget {
  updating = false;
  mode = '';
  spans: [number, number][] = [];
  done: string[] = [];

  get buffered() {
    const spans = [...this.spans].sort(([a], [b]) => a - b);
    return { length: spans.length, start: (at: number) => spans[at]?.[0], end: (at: number) => spans[at]?.[1] };
  }

  changeType(mime: string): void {
    if (this.updating) throw new DOMException('busy', 'InvalidStateError');
    this.done.push(mime);
  }

  appendBuffer(piece: ArrayBuffer): void {
    const [start_s = 0, end_s = 0] = new Float64Array(piece);
    this.work(() => this.spans.push([start_s, end_s]), `${start_s}-${end_s}`);
  }

  remove(from_s: number, to_s: number): void {
    this.work(() => (this.spans = this.spans.filter(([start_s, end_s]) => start_s < from_s || end_s > to_s)), `remove ${from_s}-${to_s}`);
  }

  private work(change: () => void, name: string): void {
    if (this.updating) throw new DOMException('busy', 'InvalidStateError');
    this.updating = true;
    this.done.push(name);
    queueMicrotask(() => {
      change();
      this.updating = false;
      this.dispatchEvent(new Event('updateend'));
    });
  }
}

class Media {
  static isTypeSupported = (): boolean => true;
  readonly readyState = 'open';
  constructor(private readonly spans: Spans) {}
  addSourceBuffer = (): Spans => this.spans;
}

const piece = (start_s: number, end_s: number) => new Float64Array([start_s, end_s]).buffer;
const settled = () => new Promise((done) => setTimeout(done, 0));

let spans: Spans;
let video: { currentTime: number };
let stuck: number;
let buffer: MseBuffer;

beforeEach(async () => {
  spans = new Spans();
  video = { currentTime: 0 };
  stuck = 0;
  buffer = new MseBuffer(new Media(spans) as unknown as MediaSource, video as HTMLVideoElement, () => undefined, () => (stuck += 1));
  buffer.expect('first');
  buffer.append(piece(5_000, 5_002));
  await settled();
  video.currentTime = 5_001.7;
});

test('pieces of a time line that begins an hour earlier stay, and are the newest', async () => {
  buffer.expect('second');
  buffer.append(piece(1_400, 1_400.1));
  await settled();
  expect(buffer.newest).toEqual({ start_s: 1_400, end_s: 1_400.1 });
  expect(spans.spans).toEqual([[1_400, 1_400.1]]);
});

test('a time line that begins while the browser is busy drops what waits of the last one, and nothing is stuck', async () => {
  buffer.append(piece(5_002, 5_002.1));
  buffer.append(piece(5_002.1, 5_002.2));
  buffer.expect('second');
  buffer.append(piece(1_400, 1_400.1));
  await settled();
  expect(spans.done).toEqual(['5000-5002', '5002-5002.1', 'second', 'remove 0-Infinity', '1400-1400.1']);
  expect(buffer.newest).toEqual({ start_s: 1_400, end_s: 1_400.1 });
  expect(stuck).toBe(0);
});

test('a time line that begins before there was a picture needs nothing removed', async () => {
  await settled();
  spans.spans = [];
  buffer.expect('second');
  buffer.append(piece(1_400, 1_400.1));
  await settled();
  expect(spans.done).toEqual(['5000-5002', 'second', '1400-1400.1']);
});
