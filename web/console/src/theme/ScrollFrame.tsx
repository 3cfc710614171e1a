/** A table wider than its place: it scrolls inside a frame whose edges show that it goes on. */
import type { CSSProperties, ReactNode } from 'react';
import classes from './scroll-frame.module.css';

/** `label` names the frame for whoever scrolls it by keys; `leastPx` is what the table needs to be read. */
type Props = { label: string; leastPx: number; /** Phones get each row as a card, which needs no width. */ hasCards?: boolean; children: ReactNode };

export function ScrollFrame({ label, leastPx, hasCards = false, children }: Props) {
  return (
    <div className={classes['frame']} data-cards={hasCards || undefined} role="region" aria-label={label} tabIndex={0}
      style={{ '--least': `${leastPx}px` } as CSSProperties}>
      {children}
    </div>
  );
}
