import { expect, it } from 'vitest';
import { isNamedSubject, placeOf } from './subject';

it('leads to what a document is about, for who may open it', () => {
  const clerk = { actions: ['see_authority', 'see_registers'] as const } as unknown as Parameters<typeof placeOf>[2];
  expect(placeOf('grant', '7', clerk)).toEqual({ to: '/grants/$id', params: { id: '7' } });
  expect(placeOf('breach', '7', clerk)).toEqual({ to: '/breaches' });
  expect(placeOf('person', '7', clerk)).toBeNull();
  expect(placeOf('grant', '7', null)).toBeNull();
  expect(placeOf('account', '7', clerk)).toBeNull();
  expect(isNamedSubject('toString')).toBe(false);
});
