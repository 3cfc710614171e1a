/** A person as the form holds them, and what the server takes. */
import type { EmploymentKind, Person, PersonBody } from '@/api/types';

export type Draft = Omit<PersonBody, 'unit_id' | 'employment_kind'> & { unit_id: string | null; employment_kind: EmploymentKind | null };
export type Field = keyof Draft;

export const EMPLOYMENT: readonly EmploymentKind[] = ['civil_servant', 'contract', 'worker', 'support_service'];

/** Which field a refusal belongs to. */
export const PLACES: Readonly<Record<string, Field>> = {
  display_name_invalid: 'full_name',
  registry_no_invalid: 'registry_no',
  registry_no_taken: 'registry_no',
  namesake_needs_registry_no: 'registry_no',
  title_invalid: 'title',
  email_invalid: 'email',
  phone_invalid: 'phone',
  unit_closed: 'unit_id',
  unit_not_found: 'unit_id',
  employment_kind: 'employment_kind',
};

export const draftOf = (person: Person | null): Draft => ({
  full_name: person?.full_name ?? '',
  registry_no: person?.registry_no ?? '',
  title: person?.title ?? '',
  unit_id: person?.unit_id ?? null,
  employment_kind: person?.employment_kind ?? null,
  email: person?.email ?? '',
  phone: person?.phone ?? '',
});

export const isTyped = (draft: Draft, before: Draft): boolean =>
  (Object.keys(draft) as Field[]).some((field) => draft[field] !== before[field]);

/** What the server takes; null while something it needs is missing. */
export function bodyOf({ unit_id, employment_kind, ...rest }: Draft): PersonBody | null {
  return unit_id !== null && employment_kind !== null && rest.full_name.trim() !== '' ? { ...rest, unit_id, employment_kind } : null;
}
