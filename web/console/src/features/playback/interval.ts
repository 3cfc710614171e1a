/** The stretch of time that a person has marked: it can be read out as text, nothing more. */

export interface Interval {
  inUs: number | null;
  outUs: number | null;
}

export const NOTHING_MARKED: Interval = { inUs: null, outUs: null };

export const isMarked = ({ inUs, outUs }: Interval): boolean => inUs !== null || outUs !== null;

/** Begins at `us`; an end that is not later is forgotten. */
export const markedIn = ({ outUs }: Interval, us: number): Interval => ({ inUs: us, outUs: outUs !== null && outUs > us ? outUs : null });

/** Ends at `us`; a start that is not earlier is forgotten. */
export const markedOut = ({ inUs }: Interval, us: number): Interval => ({ inUs: inUs !== null && inUs < us ? inUs : null, outUs: us });
