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
