/** The order in which entries are read. */

/**
 * The newest first by their time; of one moment the higher number first. Numbers follow the order of writing, which for what was
 * written down late is another than the order of happening.
 */
export const byTime = <T extends { number: number }>(rows: readonly T[], timeOf: (row: T) => number): T[] =>
  [...rows].sort((a, b) => timeOf(b) - timeOf(a) || b.number - a.number);
