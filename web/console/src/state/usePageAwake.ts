/** Whether anybody can see this page. */
import { useEffect, useState } from 'react';

/** False once the page has been hidden for `grace_ms`; true again at once when it is shown. */
export function usePageAwake(grace_ms: number): boolean {
  const [isAwake, setAwake] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      clearTimeout(timer);
      if (document.hidden && Number.isFinite(grace_ms)) timer = setTimeout(() => setAwake(false), grace_ms);
      else setAwake(true);
    };
    changed();
    document.addEventListener('visibilitychange', changed);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', changed);
    };
  }, [grace_ms]);
  return isAwake;
}
