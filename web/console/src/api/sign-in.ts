/** The steps after the password, what one keeps of one's own sign-in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from './client';
import { useAdopt } from './session';
import type { Language, Me } from './types';

const FACTOR = ['second-factor'];
const SESSIONS = ['own-sessions'];

/** A step that ends with what the server then says of the person. */
function useStep<Given>(step: (given: Given) => Promise<Me>) {
  const adopt = useAdopt();
  return useMutation({
    mutationFn: async (given: Given) => {
      const sent_ms = performance.now();
      const me = await step(given);
      await adopt(me, sent_ms);
      return me;
    },
  });
}

export const useGiveCode = () => useStep((code: string) => call('post', '/session/code', { body: { code }, isQuiet: true }));
export const useAcceptPolicy = () =>
  useStep((version: string) => call('post', '/session/policy', { body: { version }, isQuiet: true }));

type FirstAdministrator = { code: string; name: string; display_name: string; password: string; language: Language };
export const useSetUp = () => useStep((body: FirstAdministrator) => call('post', '/set-up', { body, isQuiet: true }));

export const useFactor = () =>
  useQuery({ queryKey: FACTOR, queryFn: ({ signal }) => call('get', '/session/second-factor', { signal }) });

/** A new secret; a code of the factor in use, where there is one. */
export const useBeginFactor = () =>
  useMutation({ mutationFn: (code: string) => call('post', '/session/second-factor', { body: { code } }) });

/** The codes for paper. What the answer says of the person is for `useAdopt`, once they were read. */
export function useConfirmFactor() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => call('post', '/session/second-factor/confirm', { body: { code } }),
    onSuccess: () => client.invalidateQueries({ queryKey: FACTOR }),
  });
}

export function useRenewCodes() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => call('post', '/session/second-factor/recovery-codes', { body: { code } }),
    onSuccess: () => client.invalidateQueries({ queryKey: FACTOR }),
  });
}

export const useOwnSessions = () =>
  useQuery({ queryKey: SESSIONS, queryFn: ({ signal }) => call('get', '/sessions', { signal }) });

/** End one of one's own sessions; without an id all but this one. */
export function useEndOwnSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (session_id: string | null) =>
      session_id === null ? call('delete', '/sessions') : call('delete', '/sessions/{session_id}', { path: { session_id } }),
    onSettled: () => client.invalidateQueries({ queryKey: SESSIONS }),
  });
}
