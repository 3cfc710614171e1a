/** The register of incoming letters: each with its file, with what was asked for by it. */
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import { type Letter, useFootageAct } from './footage';
import { isAbsent } from './problem';
import { remindersQuery } from './reminders';
import type { components } from './schema';

type Schemas = components['schemas'];
export type { Letter };
export type LetterBody = Schemas['LetterBody'];
export type LetterChange = Schemas['LetterCorrectionBody'];
export type Sender = Letter['sender'];

export type Lack = 'no_file' | 'ebys_pending' | 'no_request' | 'overdue';
export type LetterTask = Schemas['LetterTaskBody'];
export type LetterCounts = Schemas['LetterCounts'];

/** What the register is narrowed by. */
export type LettersWanted = { search?: string; lacks?: Lack };

const PAGE_ROWS = 50;
const FRESH_MS = 15_000;

export const SENDERS: readonly Sender[] = ['authority', 'unit', 'other'];

/** The register, newest first; each page says how many letters there are of what was searched for. */
export const useLetters = (wanted: LettersWanted) =>
  useInfiniteQuery({
    ...infiniteQueryOptions({
      queryKey: ['footage', 'letters', 'list', wanted],
      queryFn: ({ pageParam, signal }) => call('get', '/letters', { query: { ...wanted, before: pageParam, limit: PAGE_ROWS }, signal }),
      initialPageParam: null as number | null,
      getNextPageParam: (page) => page.next_before,
      staleTime: FRESH_MS,
    }),
    placeholderData: keepPreviousData,
  });

/** `known`: as a list shows it, until the server has said more. */
export const useLetter = (id: string, known?: Letter) =>
  useQuery({
    queryKey: ['footage', 'letters', id],
    queryFn: ({ signal }) => call('get', '/letters/{letter_id}', { path: { letter_id: id }, signal }),
    staleTime: FRESH_MS,
    retry: (count, error) => count < 2 && !isAbsent(error),
    ...(known ? { placeholderData: known } : {}),
  });

/** What a letter may be a second copy of: it has the same number, date and sender. */
export type Typed = { no: string; on: string; sender_name: string };

/** The numbers under which it is in the register already, `but` for the one with this id. */
export function useTwins({ no, on, sender_name }: Typed, but?: string): number[] {
  const isWanted = no.trim() !== '' && on !== '' && sender_name.trim() !== '';
  const found = useQuery({
    queryKey: ['footage', 'letters', 'twins', no, on, sender_name],
    queryFn: async ({ signal }) => (await call('get', '/letters/twins', { query: { no, on, sender_name }, signal })).letters,
    enabled: isWanted,
    staleTime: FRESH_MS,
  });
  return (isWanted ? (found.data ?? []) : []).filter((one) => one.id !== but).map((one) => one.number);
}

/** Answers the letter, and those that came before with the same number, date and sender. */
export const useAddLetter = () => useFootageAct((body: LetterBody) => call('post', '/letters', { body }));
export const useChangeLetter = (letter_id: string) => useFootageAct((body: LetterChange) => call('put', '/letters/{letter_id}', { path: { letter_id }, body }));

/** What was given to me to act on and is not done, what is due first at the top. */
export const useMyLetters = () =>
  useQuery({
    queryKey: ['footage', 'letters', 'tasks'],
    queryFn: async ({ signal }) => (await call('get', '/letters/tasks', { signal })).letters,
    staleTime: FRESH_MS,
    refetchOnWindowFocus: true,
  });

/** Who may be given a letter. */
export const useAssignees = () =>
  useQuery({ queryKey: ['footage', 'letters', 'assignees'], queryFn: async ({ signal }) => (await call('get', '/letters/assignees', { signal })).people, staleTime: FRESH_MS });

/** Whose work a letter is waits for them under the bell too. */
function useTaskAct<Input>(act: (input: Input) => Promise<Letter>) {
  const client = useQueryClient();
  const again = () => Promise.all([client.invalidateQueries({ queryKey: ['footage'] }), client.invalidateQueries({ queryKey: remindersQuery.queryKey })]);
  return useMutation({ mutationFn: act, onSettled: again });
}

export const useAssignLetter = (letter_id: string) => useTaskAct((body: LetterTask) => call('post', '/letters/{letter_id}/assignment', { path: { letter_id }, body }));
export const useFinishLetter = (letter_id: string) => useTaskAct((result: string) => call('post', '/letters/{letter_id}/result', { path: { letter_id }, body: { result } }));
