/** Keys, menus and browser functions that would take a picture out of the page: refused where they can be, told always. */
import { cameraUnder, reportAttempt, type AttemptKind } from '@/api/attempts';

type Key = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean };

/** What a pressed key would do to the page; null for keys that take nothing out of it. */
export function attemptOf({ key, ctrlKey, metaKey, altKey }: Key): AttemptKind | null {
  if (key === 'PrintScreen') return 'print_screen';
  if (!(ctrlKey || metaKey) || altKey) return null;
  if (key.toLowerCase() === 's') return 'save_key';
  return key.toLowerCase() === 'p' ? 'print_key' : null;
}

const showsPictures = () => document.querySelector('[data-picture] :is(video, canvas)') !== null;

function pressed(event: KeyboardEvent): void {
  const kind = attemptOf(event);
  if (!kind || event.repeat || !showsPictures()) return;
  event.preventDefault();
  reportAttempt(kind, cameraUnder(document.activeElement));
}

/** Windows and some desktops tell only that the key was let go, for they have taken the picture by then. */
function released(event: KeyboardEvent): void {
  if (event.key === 'PrintScreen' && showsPictures()) reportAttempt('print_screen', cameraUnder(document.activeElement));
}

function menu(event: MouseEvent): void {
  const camera_id = cameraUnder(event.target);
  if (!camera_id) return;
  event.preventDefault();
  reportAttempt('context_menu', camera_id);
}

/** Also by the browser's own menu. What is printed has no picture in it (see `theme/global.css`). */
const printing = () => {
  if (showsPictures()) reportAttempt('print_key', null);
};

function floating(event: Event): void {
  reportAttempt('picture_in_picture', cameraUnder(event.target));
  document.exitPictureInPicture().catch(() => undefined);
}

/** The page asks for no screen; whoever calls this is no part of it. The server's Permissions-Policy refuses it as well. */
function refuseDisplayCapture(): () => void {
  const devices = navigator.mediaDevices as MediaDevices | undefined; // missing without TLS
  if (!devices) return () => undefined;
  const refusing = () => {
    reportAttempt('display_capture', null);
    return Promise.reject(new DOMException('', 'NotAllowedError'));
  };
  Object.defineProperty(devices, 'getDisplayMedia', { configurable: true, value: refusing });
  return () => {
    Reflect.deleteProperty(devices, 'getDisplayMedia'); // the prototype's own shows again
  };
}

/** Watch until the returned function is called. */
export function guardPictures(): () => void {
  const giveBack = refuseDisplayCapture();
  window.addEventListener('keydown', pressed, { capture: true });
  window.addEventListener('keyup', released, { capture: true });
  window.addEventListener('contextmenu', menu, { capture: true });
  window.addEventListener('beforeprint', printing);
  document.addEventListener('enterpictureinpicture', floating, { capture: true });
  return () => {
    giveBack();
    window.removeEventListener('keydown', pressed, { capture: true });
    window.removeEventListener('keyup', released, { capture: true });
    window.removeEventListener('contextmenu', menu, { capture: true });
    window.removeEventListener('beforeprint', printing);
    document.removeEventListener('enterpictureinpicture', floating, { capture: true });
  };
}
