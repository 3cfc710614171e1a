import { expect, test } from 'vitest';
import { correctionBody, correctionOf } from './correction';

const request = { subject: 'Kaza', file_no: 'Sor. 1', event_place: '', authority_kind: 'prosecutor', legal_basis: '', origin: 'external', is_judicial: true } as const;

test('what reads as before is not sent', () => {
  expect(correctionBody(request, { ...correctionOf(request), subject: ' Kaza ', legalBasis: 'kalan söz' })).toEqual({});
});

test('what was corrected is sent, the basis as a whole', () => {
  const now = { ...correctionOf(request), fileNo: 'Sor. 2', place: 'Meydan', kind: 'other_official', legalBasis: '213 s. VUK m. 148' } as const;
  expect(correctionBody(request, now)).toEqual({
    file_no: 'Sor. 2', event_place: 'Meydan', claim: { origin: 'external', authority_kind: 'other_official', legal_basis: '213 s. VUK m. 148', is_judicial: true },
  }); // prettier-ignore
});
