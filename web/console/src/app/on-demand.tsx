/** Parts that are fetched when they are first shown: what nobody opens costs the first load nothing. */
import { createElement, useEffect, useState, type ComponentType } from 'react';
import { useFocusBack } from '@/state/useFocusBack';

const QUIET_MS = 20_000;
const RETRY_MS = 2_000;

const unfetched = new Set<() => Promise<void>>();

/**
 * The component that `load` brings. Nothing is shown until it is there; a server that is away is asked again.
 *
 * On the way out the focus goes back to what had it when the part was asked for, which may be long before it came.
 */
export function onDemand<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let Part: ComponentType<P> | null = null;
  const fetchIt = async () => {
    Part = await load();
    unfetched.delete(fetchIt);
  };
  unfetched.add(fetchIt);

  return function OnDemand(props: P) {
    useFocusBack();
    const [isThere, setThere] = useState(Part !== null);
    useEffect(() => {
      if (isThere) return;
      let retry: ReturnType<typeof setTimeout> | undefined;
      let isOver = false;
      const ask = () => {
        fetchIt().then(
          () => !isOver && setThere(true),
          () => {
            if (!isOver) retry = setTimeout(ask, RETRY_MS);
          },
        );
      };
      ask();
      return () => {
        isOver = true;
        clearTimeout(retry);
      };
    }, [isThere]);
    return isThere && Part ? createElement(Part, props) : null;
  };
}

/** Fetches every part that is known by then once the page is quiet, so that it opens at once, even when the server is away. */
export function fetchWhenQuiet(): () => void {
  const timer = setTimeout(() => {
    for (const fetchIt of unfetched) fetchIt().catch(() => undefined);
  }, QUIET_MS);
  return () => clearTimeout(timer);
}
