import { expect, test } from 'vitest';
import { judge, type Evidence } from './frozen';

const evidence = (more: Partial<Evidence> = {}): Evidence => ({
  now_ms: 100_000,
  since_ms: 0,
  phase: { at: 'playing' },
  last_byte_ms: 99_990,
  last_frame_ms: 99_980,
  latency_s: 0.4,
  is_content_frozen: false,
  ...more,
});

test('frames that flow are live', () => {
  expect(judge(evidence())).toEqual({ state: 'live' });
});

test('three seconds without a frame are frozen; the layer says whether bytes came', () => {
  expect(judge(evidence({ last_frame_ms: 97_000 }))).toEqual({ state: 'frozen', layer: 'frames' });
  expect(judge(evidence({ last_frame_ms: 97_000, last_byte_ms: 97_000 }))).toEqual({ state: 'frozen', layer: 'bytes' });
  expect(judge(evidence({ last_frame_ms: 97_100 })).state).toBe('live');
});

test('after ten seconds the last frame does not remain', () => {
  expect(judge(evidence({ last_frame_ms: 90_000 }))).toEqual({ state: 'no_picture', code: 'no_frames' });
});

test('frames that flow but repeat one picture are frozen by content', () => {
  expect(judge(evidence({ is_content_frozen: true }))).toEqual({ state: 'frozen', layer: 'content' });
});

test('late frames are delayed', () => {
  expect(judge(evidence({ latency_s: 5 }))).toEqual({ state: 'delayed', latency_s: 5 });
});

test('connecting tells its stage only when it takes long', () => {
  const young = { now_ms: 1_000, last_frame_ms: null, phase: { at: 'connecting', stage: 'asking' } as const };
  expect(judge(evidence(young))).toEqual({ state: 'connecting', stage: 'none' });
  expect(judge(evidence({ ...young, now_ms: 2_000 }))).toEqual({ state: 'connecting', stage: 'asking' });
  expect(judge(evidence({ ...young, now_ms: 10_000 }))).toEqual({ state: 'no_picture', code: 'no_frames' });
});

test('a refusal outweighs everything', () => {
  expect(judge(evidence({ phase: { at: 'refused', code: 'grant_expired' } }))).toEqual({
    state: 'refused',
    code: 'grant_expired',
  });
});
