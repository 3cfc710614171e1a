/** Full screen of a container, never of a video, so that strips and watermark stay. */
import { useCallback, useEffect, useState, type RefObject } from 'react';

/** Where elements cannot go full screen (iPhones), the container fills the window instead: `isFilled`. */
export function useFullScreen(element: RefObject<HTMLElement | null>) {
  const [isFull, setFull] = useState(false);
  const [isFilled, setFilled] = useState(false);
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, [element]);
  const toggle = useCallback(() => {
    const node = element.current;
    if (!node) return;
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (isFilled) setFilled(false);
    else if (document.fullscreenEnabled) void node.requestFullscreen().catch(() => setFilled(true));
    else setFilled(true);
  }, [element, isFilled]);
  return { isFull: isFull || isFilled, isFilled, toggle };
}
