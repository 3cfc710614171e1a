/** The desk of a playback page: opened with it, closed with it. */
import { useEffect, useState } from 'react';
import { Desk } from './desk';

export function useDesk(startUs: number, rate: number): Desk {
  const [desk] = useState(() => new Desk(startUs, rate));
  useEffect(() => {
    desk.open();
    return () => desk.close();
  }, [desk]);
  return desk;
}
