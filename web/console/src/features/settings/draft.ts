/** What is typed into a part's form, and what of it is sent. */
import { Problem } from '@/api/problem';
import type { Setting, Settings, Value } from '@/api/settings';

/** Typed so far, by setting; what is not in it is as it was. Null takes a setting back. */
export type Draft = Readonly<Record<string, Value>>;

export const isOpen = (one: Setting): boolean => one.locked === null;

export const shownIn = (draft: Draft, one: Setting): Value => (one.key in draft ? (draft[one.key] ?? null) : one.value);

/** What differs from what counts now; an emptied field takes its setting back, empty lines of a list are none. */
export function valuesOf(draft: Draft, settings: readonly Setting[]): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const one of settings) {
    if (!isOpen(one) || !(one.key in draft)) continue;
    const typed = draft[one.key];
    const value = typed === '' || typed === undefined ? null : one.kind === 'list' && Array.isArray(typed) ? typed.filter((line) => line.trim() !== '') : typed;
    if (one.kind === 'secret' ? typed !== '' : !isSame(value, one)) values[one.key] = value;
  }
  return values;
}

/** Whether nothing is missing that the part cannot do without. */
export const isWhole = (draft: Draft, settings: readonly Setting[]): boolean =>
  settings.every((one) => !one.is_required || !isOpen(one) || ![null, ''].includes(shownIn(draft, one) as string | null));

/** Takes back all of a part that this page keeps. */
export const removalOf = (settings: readonly Setting[]): Record<string, Value> =>
  Object.fromEntries(settings.filter((one) => one.source === 'console').map((one) => [one.key, null]));

/** These are decided by others than the administrator. */
const DECIDED = ['initials', 'authority', 'footage', 'retention', 'sign_in.policy'];
export const needsReason = (section: string): boolean => DECIDED.includes(section);

/** At which setting a refusal belongs: `footage.separate.1` is `footage.separate`'s; none when it is about several. */
export function settingOf(error: unknown, settings: readonly Setting[]): string | null {
  const told = error instanceof Problem ? error.facts['setting'] : null;
  if (typeof told !== 'string') return null;
  return settings.find(({ key }) => told === key || told.startsWith(`${key}.`))?.key ?? null;
}

/** Somebody else kept something first. */
export const wasOvertaken = (error: unknown): boolean => error instanceof Problem && error.code === 'settings_changed';

/** Whether a change could be kept: what the console's own file says wrongly can be said rightly, the file by hand is mended by hand. */
export const isChangeable = ({ problem, problem_file, file }: Pick<Settings, 'problem' | 'problem_file' | 'file'>): boolean =>
  problem === '' || problem_file !== file;

function isSame(value: Value, one: Setting): boolean {
  if (value === null) return one.source !== 'console';
  const before = one.value;
  if (one.kind === 'list' && Array.isArray(value) && Array.isArray(before)) return value.join('\n') === before.join('\n'); // its order counts
  if (Array.isArray(value) && Array.isArray(before)) return [...value].sort().join() === [...before].sort().join();
  return value === before;
}
