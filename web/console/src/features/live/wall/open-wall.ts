/** A second window with a wall, on another screen where the browser may place it there. */
type Screens = { screens: { isPrimary: boolean; availLeft: number; availTop: number; availWidth: number; availHeight: number }[] };

/** Open `/wall/<id>`; without the right to place windows the person moves it and presses F11. */
export function openWall(id: string): void {
  const child = window.open(`/wall/${encodeURIComponent(id)}`, `nazar-wall-${id}`, 'popup,width=1280,height=720');
  const ask = (window as { getScreenDetails?: () => Promise<Screens> }).getScreenDetails;
  if (!child || !ask) return;
  ask.call(window).then(
    ({ screens }) => {
      const other = screens.find((screen) => !screen.isPrimary);
      if (!other) return;
      child.moveTo(other.availLeft, other.availTop);
      child.resizeTo(other.availWidth, other.availHeight);
    },
    () => undefined,
  );
}
