/** The desk of a playback page: opened with it, closed with it. */
import { useEffect, useState } from 'react';
import type { Bounds } from './bounds';
import { Desk } from './desk';

export function useDesk(startUs: number, rate: number, bounds: Bounds): Desk {
  const [desk] = useState(() => new Desk(startUs, rate, bounds));
  useEffect(() => {
    desk.open();
    return () => desk.close();
  }, [desk]);
  return desk;
}
