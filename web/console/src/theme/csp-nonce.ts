/** The nonce that the server allows style tags with, given in the page's head for this one visit. */
import { setNonce } from 'get-nonce';

export const cspNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

// Dialogs lock the page's scrolling with a style tag of their own, which asks get-nonce.
if (cspNonce) setNonce(cspNonce);
