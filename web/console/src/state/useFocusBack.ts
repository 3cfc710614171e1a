/** Gives the focus back to what had it before a dialog was shown. */
import { useEffect, useState } from 'react';

/** The element with the focus; for an entry of a menu the button that opened the menu, which outlives it. */
function focused(): HTMLElement | null {
  const active = document.activeElement;
  const opener = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return (opener ? document.getElementById(opener) : (active as HTMLElement | null)) ?? null;
}

/** Call it in the dialog's own component: it is made when the dialog opens, and ends with it. */
export function useFocusBack(): void {
  const [before] = useState(focused);
  useEffect(
    () => () => {
      // After the dialog's own focus trap has let go.
      setTimeout(() => before?.isConnected && before.focus(), 0);
    },
    [before],
  );
}
