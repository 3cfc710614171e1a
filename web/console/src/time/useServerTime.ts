/** What a component draws from the server's clock; it renders anew only when that changes. */
import { useSyncExternalStore } from 'react';
import { onTick } from './ticker';
import { serverClock } from './server-clock';

/** `select` must give a plain value (number, string, boolean, null) from microseconds UTC. */
export const useServerTime = <T extends string | number | boolean | null>(select: (now_us: number) => T): T =>
  useSyncExternalStore(onTick, () => select(serverClock.now_us()));

/** The whole second that it is on the server, in microseconds. */
export const useSecond_us = (): number => useServerTime((now_us) => Math.floor(now_us / 1e6) * 1e6);
