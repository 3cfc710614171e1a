/** The signs of the transport keys: outline, 24 px, stroke 1.75; always beside a name. */
import type { ReactNode } from 'react';

function Sign({ children }: { children: ReactNode }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const PlaySign = () => <Sign><path d="M7 4.5v15l12-7.5z" /></Sign>;
export const PauseSign = () => <Sign><path d="M8 5v14M16 5v14" /></Sign>;
export const BackSign = () => <Sign><path d="M17 4.5v15L5 12z" /></Sign>;
export const FrameOnSign = () => <Sign><path d="M6 5l8 7-8 7zM18 5v14" /></Sign>;
export const FrameBackSign = () => <Sign><path d="M18 5l-8 7 8 7zM6 5v14" /></Sign>;
export const EdgeOnSign = () => <Sign><path d="M4 12h11M11 8l4 4-4 4M19 5v14" /></Sign>;
export const EdgeBackSign = () => <Sign><path d="M20 12H9M13 8l-4 4 4 4M5 5v14" /></Sign>;
export const MarkInSign = () => <Sign><path d="M14 5H9v14h5" /></Sign>;
export const MarkOutSign = () => <Sign><path d="M10 5h5v14h-5" /></Sign>;
export const FullScreenSign = () => <Sign><path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" /></Sign>;
