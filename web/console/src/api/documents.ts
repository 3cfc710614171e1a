/** The register of printed papers: finding one, its versions. Printing, handing in, cancelling is `papers.ts`. */
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from './client';
import type { Paper } from './papers';
import type { components } from './schema';

export type DocumentRow = components['schemas']['DocumentRow'];
export type DocumentState = DocumentRow['state'];
export type DocumentKind = DocumentRow['kind'];

/**
 * What a list is narrowed by. `search`: words, or a whole verification code; `subject_id`: all papers about one thing; `awaits_me`: what
 * waits for the initials of whoever looks.
 */
export type DocumentsWanted = {
  search?: string | undefined;
  kind?: DocumentKind | undefined;
  state?: DocumentState | undefined;
  year?: number | undefined;
  subject_id?: string | undefined;
  awaits_me?: true | undefined;
};

const PAGE_ROWS = 50;

export const useDocuments = (wanted: DocumentsWanted) =>
  useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['documents', 'list', wanted],
      queryFn: ({ pageParam, signal }) => call('get', '/documents', { query: { ...wanted, before: pageParam, limit: PAGE_ROWS }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_before,
    }),
    placeholderData: keepPreviousData,
  });

/** Everything under the number of this document, the newest version first; the document itself is among them. */
export const useVersions = (id: string) =>
  useQuery({
    queryKey: ['documents', 'versions', id],
    queryFn: async ({ signal }) => (await call('get', '/documents/{document_id}/versions', { path: { document_id: id }, signal })).documents,
  });

/** A document as other pages show it beside what it tells of. */
export const paperOf = ({ id, kind, number, version, state, code, issued_us, signed, cancelled_us, cancel_reason, awaits_initials_of, ebys_no, ebys_on, ebys }: DocumentRow): Paper => ({
  id, kind, number, version, state, code, issued_us, signature_kind: signed?.signature_kind ?? null, cancelled_us, cancel_reason, awaits_initials_of, ebys_no, ebys_on, ebys,
}); // prettier-ignore
