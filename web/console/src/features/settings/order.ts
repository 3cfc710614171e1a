/** In which order the page tells of the settings, which checks belong to which of them. */
import type { Check, Section, Setting } from '@/api/settings';

const ORDER = [
  'institution', 'institution.seal', 'initials', 'mail', 'retention', 'footage', 'service', 'footage.time_stamp', 'ebys', 'authority', 'sign_in', 'sign_in.policy', 'sign_in.ldap',
  'sign_in.oidc', 'volumes', 'live', 'live.turn', 'recorder', 'web',
];
const CHECKS: Readonly<Record<string, string>> = {
  institution: 'letterhead', 'institution.seal': 'seal', initials: 'initials', mail: 'mail', 'sign_in.ldap': 'directory', 'sign_in.oidc': 'sign_in_page',
  volumes: 'volume', live: 'live', 'live.turn': 'relay',
};

/** A part that this page does not know yet comes last. */
export const ordered = (sections: readonly Section[]): Section[] => {
  const place = (one: Section) => (ORDER.includes(one.name) ? ORDER.indexOf(one.name) : ORDER.length);
  return [...sections].sort((a, b) => place(a) - place(b));
};

export const checksOf = (section: string, checks: readonly Check[]): Check[] => checks.filter((one) => one.part === CHECKS[section]);

/** What belongs to no part, where it is not well. */
export const otherFindings = (checks: readonly Check[]): Check[] => {
  const placed = new Set(Object.values(CHECKS));
  return checks.filter((one) => one.level !== 'ok' && !placed.has(one.part));
};

export const partsToMend = (checks: readonly Check[]): number => new Set(checks.filter((one) => one.level !== 'ok').map((one) => one.part)).size;

export const waitingOf = (sections: readonly Section[]): Setting[] => sections.flatMap((one) => one.settings.filter((row) => row.is_waiting));

/** The article on which all of a part stands; empty where its settings have articles of their own, or none. */
export const sharedArticle = (settings: readonly Setting[]): string => {
  const [first, ...others] = new Set(settings.map(({ article }) => article));
  return others.length === 0 ? (first ?? '') : '';
};

/** The lines to write into the file, under the head of their table once. */
export const exampleOf = (settings: readonly Setting[]): string => {
  const blocks = new Map<string, string[]>();
  for (const { example } of settings) {
    const [head = '', ...lines] = example.split('\n');
    const known = blocks.get(head) ?? [];
    blocks.set(head, [...known, ...lines.filter((line) => !known.includes(line))]);
  }
  return [...blocks].map(([head, lines]) => [head, ...lines].join('\n')).join('\n\n');
};
