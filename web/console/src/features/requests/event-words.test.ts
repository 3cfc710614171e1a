import { expect, test } from 'vitest';
import { eventWords, whyWords } from './event-words';

const say = (key: string, values?: Record<string, unknown>) => (values ? `${key}(${JSON.stringify(values)})` : key);

test('why the clock refused is said in our words, also of a case of before', () => {
  for (const why of ['papers_did_not_come', 'missing papers did not come by the deadline']) {
    expect(whyWords(why, say)).toBe('late_papers');
    expect(eventWords({ act: 'request_refused', detail: { why, locks_released: 1 } }, say, 'tr')).toBe('detail.refused({"why":"late_papers","locks":1})');
  }
  expect(whyWords('Yetkisiz makam', say)).toBe('Yetkisiz makam');
});

test('what was not found is said to be nothing, not under a second', () => {
  const searched = (covered_us: number) => eventWords({ act: 'request_searched', detail: { state: 'unavailable', covered_us } }, say, 'tr');
  expect(searched(0)).toBe('detail.searched({"state":"state.unavailable","length":"detail.nothing"})');
  expect(searched(400_000)).toBe('detail.searched({"state":"state.unavailable","length":"1 sn altında"})');
  expect(searched(15_000_000)).toBe('detail.searched({"state":"state.unavailable","length":"15 sn"})');
});
