/** The list of who has not, unit by unit, each person once with everything that is missing. */
import type { MissingTraining } from '@/api/training';

export type MissingPerson = { account_id: string; full_name: string; account_name: string; attended_us: number | null; titles: string[] };
export type MissingUnit = { unit_name: string; persons: MissingPerson[] };

/** The order is the server's, which knows the Turkish alphabet. */
export function byUnit(rows: readonly MissingTraining[]): MissingUnit[] {
  const units = new Map<string, Map<string, MissingPerson>>();
  for (const { unit_name, account_id, full_name, account_name, attended_us, title } of rows) {
    const persons = units.get(unit_name) ?? new Map<string, MissingPerson>();
    units.set(unit_name, persons);
    const person = persons.get(account_id) ?? { account_id, full_name, account_name, attended_us, titles: [] };
    persons.set(account_id, person);
    person.titles.push(title);
  }
  return [...units].map(([unit_name, persons]) => ({ unit_name, persons: [...persons.values()] }));
}
