/** State changes as the server tells them: nothing polls. */
import type { QueryClient } from '@tanstack/react-query';
import { createStore } from '@/state/store';
import { serverClock } from '@/time/server-clock';
import { camerasQuery } from './cameras';
import { API, call } from './client';
import { exportWent } from './export-events';
import { isProblem } from './problem';
import { readSession } from './session';
import { sessionEnd, sessionGate } from './session-gate';
import type { Camera, Events } from './types';

/** `away` when the server has not been reached for longer than a hiccup. */
export const connection = createStore<'connecting' | 'open' | 'away'>('connecting');

const AWAY_AFTER_MS = 3_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Listen to `/events` until the returned function is called.
 *
 * The browser reconnects a broken stream by itself and names the last event it has seen; a refused one is opened
 * anew with growing waits. After each new opening everything is asked again, for events may have been missed.
 */
export function listen(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let away: ReturnType<typeof setTimeout> | undefined;
  let wait_ms = 1_000;
  let hasOpened = false;
  let isOver = false;

  const on = <Name extends keyof Events>(name: Name, handle: (data: Events[Name]) => void) =>
    source?.addEventListener(name, (event: MessageEvent<string>) => handle(JSON.parse(event.data) as Events[Name]));

  /** An event may have been held up: only an answer tells how late it is. One question at a time. */
  let isAsking = false;
  async function askTime() {
    if (isAsking || isOver) return;
    isAsking = true;
    await readSession().catch(() => undefined); // a line that is lost opens anew and asks then
    isAsking = false;
  }
  serverClock.whenInDoubt(() => void askTime());

  function opened() {
    clearTimeout(away);
    away = undefined;
    wait_ms = 1_000;
    connection.set('open');
    if (hasOpened) void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    hasOpened = true;
  }

  function failed() {
    away ??= setTimeout(() => connection.set('away'), AWAY_AFTER_MS);
    if (source?.readyState !== EventSource.CLOSED) return;
    source.close();
    retry = setTimeout(() => void reopen(), wait_ms * (0.8 + 0.4 * Math.random()));
    wait_ms = Math.min(wait_ms * 2, LONGEST_WAIT_MS);
  }

  async function reopen() {
    try {
      await call('get', '/session', { isQuiet: true });
    } catch (error) {
      if (isProblem(error) && error.status === 401) sessionGate.end(error.code);
    }
    if (!isOver && sessionEnd.get() === null) open();
  }

  function open() {
    source = new EventSource(`${API}/events`);
    source.onopen = opened;
    source.onerror = failed;
    on('hello', ({ server_time_us }) => serverClock.told(server_time_us));
    on('camera', (camera) => client.setQueryData(camerasQuery.queryKey, (old) => placed(old, camera)));
    on('camera_gone', ({ id }) =>
      client.setQueryData(camerasQuery.queryKey, (old) => old?.filter((camera) => camera.id !== id)),
    );
    on('rights', () => void client.invalidateQueries({ queryKey: camerasQuery.queryKey }));
    on('volume', () => void client.invalidateQueries({ queryKey: ['health'] }));
    on('export', (told) => exportWent(client, told));
    on('session', ({ ended, code }) => {
      if (ended) sessionGate.end(code);
    });
  }

  const forget = sessionEnd.subscribe(() => {
    source?.close();
    clearTimeout(retry);
    if (sessionEnd.get() === null && !isOver) open();
  });
  open();
  return () => {
    isOver = true;
    forget();
    source?.close();
    clearTimeout(retry);
    clearTimeout(away);
  };
}

function placed(old: Camera[] | undefined, camera: Camera): Camera[] | undefined {
  if (!old) return old;
  const index = old.findIndex((known) => known.id === camera.id);
  if (index < 0) return [...old, camera].sort((a, b) => a.number - b.number);
  return old.map((known, at) => (at === index ? camera : known));
}
