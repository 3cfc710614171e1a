import { expect, test } from 'vitest';
import { shownLetters } from './filters';
import { validateLettersSearch } from './search';

const letter = (number: number, more: object = {}) => ({
  number, sender: 'authority' as const, sender_name: 'İzmir Cumhuriyet Başsavcılığı', no: `2026/${number}`, subject: 'Yaralama', ebys_no: '', is_ebys_pending: true, file: null, requests: [], ...more,
}); // prettier-ignore
const file = { pages: 1 } as never;
const ALL = [
  letter(1),
  letter(2, { file, ebys_no: 'E-77', is_ebys_pending: false, requests: [{ id: 'x', number: 41, state: 'closed' }] }),
  letter(3, { sender: 'other', sender_name: 'Işıl Çağlayan', file }),
];
const numbers = (search: Parameters<typeof shownLetters>[1]) => shownLetters(ALL, search).map((one) => one.number);

test('what is missing of a letter is one filter each', () => {
  expect(numbers({})).toEqual([1, 2, 3]);
  expect(numbers({ show: 'no_file' })).toEqual([1]);
  expect(numbers({ show: 'ebys_pending' })).toEqual([1, 3]);
  expect(numbers({ show: 'no_request' })).toEqual([1]);
});

test('words are found however they are written, a letter by its case too', () => {
  expect(numbers({ search: 'izmir' })).toEqual([1, 2]);
  expect(numbers({ search: 'ISIL' })).toEqual([3]);
  expect(numbers({ search: 'e-77' })).toEqual([2]);
  expect(numbers({ search: '41' })).toEqual([2]);
});

test('the address opens a letter that there may be, and nothing else', () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  expect(validateLettersSearch({ show: 'no_file', open: id, search: 'x' })).toEqual({ show: 'no_file', open: id, search: 'x' });
  expect(validateLettersSearch({ show: 'secret', open: '../x', search: 3 })).toEqual({});
});
