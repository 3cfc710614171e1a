import { expect, test } from 'vitest';
import { NOBODY, receiverBody, receiverOf } from './receiver';

const KNOWN = { name: 'Işıl Çağlayan', title: 'Zabıt kâtibi', institution: 'İzmir Cumhuriyet Başsavcılığı', identity_no: '12345', identity_seen: 'Kurum kimliği' };

test('whom the minutes name takes it; else somebody of the institution that asked', () => {
  expect(receiverOf(KNOWN, 'başkası')).toEqual(KNOWN);
  expect(receiverOf(null, 'İzmir Cumhuriyet Başsavcılığı')).toEqual({ ...NOBODY, institution: 'İzmir Cumhuriyet Başsavcılığı' });
});

test('nobody without a name or without the number of what was shown', () => {
  expect(receiverBody({ ...KNOWN, name: ' Işıl Çağlayan ' })).toEqual(KNOWN);
  expect(receiverBody({ ...KNOWN, name: '  ' })).toBeNull();
  expect(receiverBody({ ...KNOWN, identity_no: ' ' })).toBeNull();
  expect(receiverBody({ ...KNOWN, title: '', institution: '', identity_seen: '' })).not.toBeNull();
});
