/**
 * The element that dialogs, menus and hints are drawn into. The browser draws nothing outside of what is in full
 * screen, yet gives it the keys: so this goes where the full screen is, with all that is open in it.
 */
export const dialogPlace = document.createElement('div');

function follow(): void {
  const { activeElement, body, fullscreenElement } = document;
  const home = fullscreenElement ?? body;
  if (dialogPlace.parentElement === home) return;
  const focused = dialogPlace.contains(activeElement) ? (activeElement as HTMLElement) : null;
  // A wall lays its children out as cells: this must not become one.
  Object.assign(dialogPlace.style, fullscreenElement ? { position: 'absolute', top: '0', left: '0' } : { position: '', top: '', left: '' });
  home.append(dialogPlace);
  focused?.focus(); // moving took it away
}

follow();
document.addEventListener('fullscreenchange', follow);
