/** Printed papers: printing them where they belong, initialling them, handing them in signed, cancelling them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { address } from './address';
import { API, call } from './client';
import type { components } from './schema';

export type Paper = components['schemas']['PaperRow'];
export type Ebys = components['schemas']['EbysRow'];
export type Wish = components['schemas']['Wish'];

const SHOW_PAPERS = ['authority', 'training', 'breaches', 'people', 'documents', 'footage'] as const;

/** Which paper is to be printed: of a grant, of an assignment's letter, of a review, of a training, of a breach. */
export type PaperWanted =
  | { of: 'agreement' | 'authority'; grant_id: string }
  | { of: 'application'; grant_id: string; wish: Wish }
  | { of: 'posting'; assignment_id: string }
  | { of: 'review'; account_id: string; number: number }
  | { of: 'training'; session_id: string }
  | { of: 'breach'; breach_id: string };

const print = (wanted: PaperWanted): Promise<Paper> => {
  switch (wanted.of) {
    case 'agreement':
      return call('post', '/grants/{grant_id}/papers/agreement', { path: { grant_id: wanted.grant_id } });
    case 'authority':
      return call('post', '/grants/{grant_id}/papers/authority', { path: { grant_id: wanted.grant_id } });
    case 'application':
      return call('post', '/grants/{grant_id}/papers/application', { path: { grant_id: wanted.grant_id }, body: { wish: wanted.wish } });
    case 'posting':
      return call('post', '/assignments/{assignment_id}/paper', { path: { assignment_id: wanted.assignment_id } });
    case 'review':
      return call('post', '/shared-accounts/{account_id}/reviews/{number}/paper', { path: { account_id: wanted.account_id, number: wanted.number } });
    case 'training':
      return call('post', '/training/sessions/{session_id}/paper', { path: { session_id: wanted.session_id } });
    case 'breach':
      return call('post', '/breaches/{breach_id}/paper', { path: { breach_id: wanted.breach_id } });
  }
};

function useAct<Input, Output>(act: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  const again = () => Promise.all(SHOW_PAPERS.map((key) => client.invalidateQueries({ queryKey: [key] })));
  return useMutation({ mutationFn: act, onSuccess: again });
}

export const usePrintPaper = () => useAct(print);

/** `compared`: somebody compared the file with the paper by eye, because its code cannot be read. */
export const useHandIn = (document_id: string) =>
  useAct(({ file, compared }: { file: Blob; compared: boolean }) =>
    call('put', '/documents/{document_id}/signed-file', { path: { document_id }, query: { compared }, file }),
  );

/** The initials of whoever is signed in, under the paper. */
export const useInitial = (document_id: string) => useAct(() => call('post', '/documents/{document_id}/initials', { path: { document_id } }));

/** The number that EBYS gave it, by hand. */
export const useNoteEbys = (document_id: string) =>
  useAct((body: components['schemas']['EbysNumberBody']) => call('put', '/documents/{document_id}/ebys', { path: { document_id }, body }));

/** The paper counts no more; its number stays taken. */
export const useCancelPaper = (document_id: string) =>
  useAct((reason: string) => call('post', '/documents/{document_id}/cancel', { path: { document_id }, body: { reason } }));

export const paperAddress = (document_id: string): string => API + address('/documents/{document_id}/paper.pdf', { document_id });
export const signedAddress = (document_id: string): string => API + address('/documents/{document_id}/signed-file', { document_id });
/** Where anybody asks whether the paper counts; it stands on the paper as well. */
export const queryAddress = (code: string): string => address('/d/{code}', { code });
