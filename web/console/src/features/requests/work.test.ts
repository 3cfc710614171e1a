import { expect, test } from 'vitest';
import type { Paper } from '@/api/papers';
import { tellsWhatIsMissing } from './useWork';

test('what is missing is told by a signed record of the last search', () => {
  const paper: Pick<Paper, 'kind' | 'state' | 'issued_us'> = { kind: 'P-07', state: 'signed', issued_us: 20 };
  expect(tellsWhatIsMissing(paper, 10)).toBe(true);
  expect(tellsWhatIsMissing(paper, 30)).toBe(false);
  expect(tellsWhatIsMissing({ ...paper, state: 'issued' }, 10)).toBe(false);
  expect(tellsWhatIsMissing({ ...paper, kind: 'P-31' }, 10)).toBe(false);
});
