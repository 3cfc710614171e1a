/**
 * Between wall time and a player's contracted media time: the holes of the archive have no length in the player.
 *
 * Every fragment of the playlist says when it was filmed (EXT-X-PROGRAM-DATE-TIME) and where the player put it.
 */

export interface PlacedFragment {
  /** Media time in seconds. */
  start: number;
  duration: number;
  /** Milliseconds UTC. */
  programDateTime: number | null;
}

const SLACK_US = 50_000; // rounding of durations in the playlist, of dates to milliseconds

function lastIndex(fragments: readonly PlacedFragment[], isBefore: (fragment: PlacedFragment) => boolean): number {
  let low = 0;
  let high = fragments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(fragments[middle] as PlacedFragment)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Where in the player's media the picture of `wallUs` lies, in seconds; null where the playlist has none. */
export function wallToMedia(fragments: readonly PlacedFragment[], wallUs: number): number | null {
  const index = lastIndex(fragments, (fragment) => (fragment.programDateTime ?? 0) * 1000 <= wallUs);
  const first = fragments[0];
  if (index < 0) {
    const isAtStart = first?.programDateTime != null && first.programDateTime * 1000 - wallUs <= SLACK_US;
    return isAtStart && first ? first.start : null;
  }
  const fragment = fragments[index] as PlacedFragment;
  const intoUs = wallUs - (fragment.programDateTime ?? 0) * 1000;
  if (intoUs < fragment.duration * 1_000_000 + SLACK_US) return fragment.start + Math.min(intoUs / 1_000_000, fragment.duration);
  const next = fragments[index + 1];
  const isAtNext = next?.programDateTime != null && next.programDateTime * 1000 - wallUs <= SLACK_US;
  return isAtNext && next ? next.start : null;
}

/** When the picture at `mediaS` was filmed; null outside the playlist. */
export function mediaToWall(fragments: readonly PlacedFragment[], mediaS: number): number | null {
  const fragment = fragments[lastIndex(fragments, (one) => one.start <= mediaS + 1e-6)];
  if (fragment?.programDateTime == null) return null;
  const intoS = mediaS - fragment.start;
  if (intoS > fragment.duration + 0.5) return null;
  return Math.round(fragment.programDateTime * 1000 + intoS * 1_000_000);
}

/** The end of the last fragment in wall time. */
export function mappedUntilUs(fragments: readonly PlacedFragment[]): number | null {
  const last = fragments[fragments.length - 1];
  return last?.programDateTime == null ? null : Math.round(last.programDateTime * 1000 + last.duration * 1_000_000);
}
