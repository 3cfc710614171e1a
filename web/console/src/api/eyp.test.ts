import { expect, test } from 'vitest';
import { EYP, isPackage, typed } from './eyp';

test('a package goes under its own type, which no browser knows, everything else as it is', async () => {
  const file = new File(['PK'], 'Yazı.EYP');
  expect([isPackage(file), isPackage({ name: 'yazi.eyp.pdf' })]).toEqual([true, false]);
  expect([typed(file).type, await typed(file).text()]).toEqual([EYP, 'PK']);
  const scan = new File(['x'], 'tarama.pdf', { type: 'application/pdf' });
  expect(typed(scan)).toBe(scan);
});
