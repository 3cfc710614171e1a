/** Refusals where they belong: at the field whose rule was broken, else under the form. */
import { Problem } from '@/api/problem';
import { useProblemWords } from './problem-words';

type FieldProblems<Field extends string> = { at: (field: Field) => string | null; rest: string | null };

/** `places`: which field a code belongs to. What the server's own form check names is found by the field's name. */
export function useFieldProblems<Field extends string>(
  error: unknown,
  places: Readonly<Record<string, Field>>,
): FieldProblems<Field> {
  const words = useProblemWords();
  if (!error) return { at: () => null, rest: null };
  const sentence = words(error);
  const named = fieldsOf(error, places);
  return { at: (field) => (named.includes(field) ? sentence : null), rest: named.length > 0 ? null : sentence };
}

function fieldsOf(error: unknown, places: Readonly<Record<string, string>>): string[] {
  if (!(error instanceof Problem)) return [];
  const place = places[error.code];
  if (place !== undefined) return [place];
  const told = error.facts['fields'];
  const known = new Set(Object.values(places));
  const names = Array.isArray(told) ? told.map((one) => String(one).split('.')[1] ?? '') : [];
  return names.filter((name) => known.has(name));
}
