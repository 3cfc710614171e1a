/** What the address of `/documents` says: a colleague who may read the register sees the same list. */
import type { DocumentKind, DocumentState, DocumentsWanted } from '@/api/documents';

/** `subject`: all papers about one thing; `initials`: those that wait for mine; `open`: the document beside the list. */
export type DocumentsSearch = {
  text?: string;
  kind?: DocumentKind;
  state?: DocumentState;
  year?: number;
  subject?: string;
  initials?: true;
  open?: string;
};

export const KINDS: readonly DocumentKind[] = ['P-04', 'P-05', 'P-06', 'P-07', 'P-08', 'P-09', 'P-10', 'P-16', 'P-17', 'P-28', 'P-29', 'P-31', 'P-32'];
export const STATES: readonly DocumentState[] = ['issued', 'signed', 'superseded', 'cancelled', 'draft'];

const MOST_CHARACTERS = 200;
const MOST_SUBJECT = 100;
const ID = /^[0-9a-f-]{36}$/i;
const YEARS_SHOWN = 10;

export function validateDocumentsSearch(search: Record<string, unknown>): DocumentsSearch {
  const { text, kind, state, year, subject, initials, open } = search;
  const words = typeof text === 'string' || typeof text === 'number' ? String(text).slice(0, MOST_CHARACTERS) : '';
  const found = {
    text: words || undefined,
    kind: KINDS.find((one) => one === kind),
    state: STATES.find((one) => one === state),
    year: isYear(year) ? Number(year) : undefined,
    subject: typeof subject === 'string' && subject !== '' ? subject.slice(0, MOST_SUBJECT) : undefined,
    initials: initials === true || initials === 'true' ? true : undefined,
    open: typeof open === 'string' && ID.test(open) ? open : undefined,
  };
  return known(found);
}

/** What the server is asked. */
export const wantedOf = ({ text, kind, state, year, subject, initials }: DocumentsSearch): DocumentsWanted => ({
  ...(text ? { search: text } : {}), ...(kind ? { kind } : {}), ...(state ? { state } : {}), ...(year ? { year } : {}),
  ...(subject ? { subject_id: subject } : {}), ...(initials ? { awaits_me: true } : {}),
}); // prettier-ignore

/** Whether anything narrows the list. */
export const isNarrowed = (search: DocumentsSearch): boolean => Object.keys(wantedOf(search)).length > 0;

/** Without what is undefined: the address says only what it must. */
export const known = (search: Partial<Record<keyof DocumentsSearch, unknown>>): DocumentsSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''));

/** The years that are offered, the newest first; one that was asked for is among them. */
export function yearsOf(now: number, asked: number | undefined): number[] {
  const offered = Array.from({ length: YEARS_SHOWN }, (_, ago) => now - ago);
  return asked === undefined || offered.includes(asked) ? offered : [...offered, asked].sort((a, b) => b - a);
}

function isYear(value: unknown): boolean {
  const year = Number(value);
  return Number.isInteger(year) && year >= 2000 && year <= 9999;
}
