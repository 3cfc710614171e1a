/** A name for one registration: sent again under it because no answer came, it makes no twin. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''); // `randomUUID` is for secure pages only
