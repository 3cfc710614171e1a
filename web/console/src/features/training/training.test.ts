import { describe, expect, it } from 'vitest';
import { byUnit } from './by-unit';
import { minutesOf } from './minutes';

const row = (unit_name: string, account_id: string, title: string) => ({
  unit_name, account_id, title, full_name: account_id.toUpperCase(), account_name: account_id, material_id: title, version: 1, attended_us: null,
});

describe('who has not', () => {
  it('stands once under their unit, with everything that is missing', () => {
    const found = byUnit([row('Park', 'ayse', 'Film'), row('Park', 'ayse', 'Kılavuz'), row('Park', 'bekir', 'Film'), row('Zabıta', 'cem', 'Film')]);
    expect(found.map((unit) => [unit.unit_name, unit.persons.map((one) => [one.account_id, one.titles])])).toEqual([
      ['Park', [['ayse', ['Film', 'Kılavuz']], ['bekir', ['Film']]]],
      ['Zabıta', [['cem', ['Film']]]],
    ]);
    expect(byUnit([])).toEqual([]);
  });
});

describe('minutes', () => {
  it('count when they have begun', () => {
    expect([0, 1, 60_000, 60_001, 600_000].map(minutesOf)).toEqual([1, 1, 1, 2, 10]);
  });
});
