/** Who is signed in. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { zoneStore } from '@/time/format';
import { serverClock } from '@/time/server-clock';
import { call } from './client';
import { isProblem } from './problem';
import { sessionGate } from './session-gate';
import type { Language, Me } from './types';

function learn(me: Me, sent_ms: number): Me {
  serverClock.answered(me.server_time_us, sent_ms);
  zoneStore.set(me.zone);
  return me;
}

/** Who it is now, asked of the server; null when nobody. Its answer sets the clock. */
export async function readSession(): Promise<Me | null> {
  const sent_ms = performance.now();
  try {
    return learn(await call('get', '/session', { isQuiet: true }), sent_ms);
  } catch (error) {
    if (isProblem(error) && error.status === 401) return null;
    throw error;
  }
}

export const sessionQuery = queryOptions({ queryKey: ['session'], queryFn: readSession, staleTime: Infinity });

/** The person signed in; `null` while nobody is, `undefined` while unknown. */
export const useMe = (): Me | null | undefined => useQuery(sessionQuery).data;

/** Take over what the server says of the person: a session was opened, or one of its steps is done. */
export function useAdopt(): (me: Me, sent_ms: number) => Promise<void> {
  const client = useQueryClient();
  return async (me, sent_ms) => {
    const before = client.getQueryData(sessionQuery.queryKey);
    client.setQueryData(sessionQuery.queryKey, learn(me, sent_ms));
    // Another person must not find what the one before had loaded.
    if (before && before.id !== me.id) client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    sessionGate.renew();
    // With a step before them, all else is refused.
    if (me.next_step === null) await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  };
}

/** A session, or the wish for the second factor's code. */
export function useSignIn() {
  const adopt = useAdopt();
  return useMutation({
    mutationFn: async (body: { name: string; password: string }) => {
      const sent_ms = performance.now();
      const answer = await call('post', '/session', { body, isQuiet: true });
      if ('step' in answer) return answer;
      await adopt(answer, sent_ms);
      return answer;
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('delete', '/session', { isQuiet: true }),
    onSettled: () => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
    },
  });
}

export function useChangePassword() {
  const adopt = useAdopt();
  return useMutation({
    mutationFn: async (body: { old: string; new: string }) => {
      const sent_ms = performance.now();
      await adopt(await call('post', '/session/password', { body, isQuiet: true }), sent_ms);
    },
  });
}

export function useSetLanguage() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (language: Language) => call('put', '/session/language', { body: { language } }),
    onSuccess: (me) => client.setQueryData(sessionQuery.queryKey, me),
  });
}
