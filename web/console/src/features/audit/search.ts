/** What the address of `/audit` says: a question may be sent to a colleague, its answer may not. */
import type { AuditWanted } from '@/api/audit';
import { microseconds } from '@/time/local-time';
import { type ActKind, actsOf, isActKind } from './acts';

/** `from`, `until`: local times, `2026-11-28T08:00`; the second is outside. `open`: the entry beside the list. */
export type AuditSearch = {
  show?: 'viewings';
  person?: string;
  camera?: string;
  kind?: ActKind;
  right?: string;
  from?: string;
  until?: string;
  text?: string;
  refused?: true;
  open?: number;
};

const ID = /^[0-9a-f-]{32,36}$/i;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;
const MOST_CHARACTERS = 200;

const fitting = (value: unknown, pattern: RegExp): string | undefined => (typeof value === 'string' && pattern.test(value) ? value : undefined);

export function validateAuditSearch(search: Record<string, unknown>): AuditSearch {
  const text = typeof search['text'] === 'string' || typeof search['text'] === 'number' ? String(search['text']).slice(0, MOST_CHARACTERS) : '';
  const number = Number(search['open']);
  const found = {
    show: search['show'] === 'viewings' ? ('viewings' as const) : undefined,
    person: fitting(search['person'], ID),
    camera: fitting(search['camera'], ID),
    kind: isActKind(search['kind']) ? search['kind'] : undefined,
    right: fitting(search['right'], ID),
    from: fitting(search['from'], TIME),
    until: fitting(search['until'], TIME),
    text: text || undefined,
    refused: search['refused'] === true ? (true as const) : undefined,
    open: Number.isSafeInteger(number) && number > 0 ? number : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** What the server is asked; a viewing has no kind and was never refused. */
export function wantedOf({ show, kind, refused, text, person, camera, right, from, until }: AuditSearch, zone: string): AuditWanted {
  const [start, end] = [from ? microseconds(from, zone) : null, until ? microseconds(until, zone) : null];
  return {
    person, camera, right, text, start: start ?? undefined, end: end ?? undefined,
    act: show !== 'viewings' && kind ? actsOf(kind) : undefined,
    refused: show === 'viewings' ? undefined : refused,
  }; // prettier-ignore
}

/** Whether anything narrows the list. */
export const isNarrowed = (search: AuditSearch): boolean => Object.keys(search).some((name) => name !== 'show' && name !== 'open');
