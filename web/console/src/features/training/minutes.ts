/** How many minutes to plan for: begun ones count. */
export const minutesOf = (duration_ms: number): number => Math.max(1, Math.ceil(duration_ms / 60_000));
