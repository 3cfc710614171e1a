/** Which period runs, how far it has come. */
type Period = { from_us: number | null; until_us: number | null; is_cancelled: boolean };

/** The period that runs at `now_us`, else the last one that was written. */
export function periodAt(periods: readonly Period[], now_us: number): { from_us: number; until_us: number } | null {
  const written = periods.flatMap(({ from_us, until_us, is_cancelled }) =>
    from_us !== null && until_us !== null && !is_cancelled ? [{ from_us, until_us }] : [],
  );
  return written.find(({ from_us, until_us }) => from_us <= now_us && now_us < until_us) ?? written.at(-1) ?? null;
}

/** Where a moment lies between two others: 0 at the first, 1 at the second, never outside. */
export const share = (from_us: number, until_us: number, at_us: number): number =>
  Math.min(1, Math.max(0, (at_us - from_us) / (until_us - from_us)));
