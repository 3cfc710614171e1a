/** From what a field for local time holds to microseconds UTC. */

/** The moment that `2026-11-28T08:00` names in `zone`; null when it names none. */
export function microseconds(text: string, zone: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return null;
  // Twice: the offset that counts is the one at the moment found, not at the first guess.
  const guess = asUtc - offsetMs(asUtc, zone);
  return (asUtc - offsetMs(guess, zone)) * 1000;
}

/** The day that it is in `zone` then: `2026-11-28`. */
export function localDay(at_us: number, zone: string): string {
  const at_ms = at_us / 1000;
  return new Date(at_ms + offsetMs(at_ms, zone)).toISOString().slice(0, 10);
}

/** The first moment after the day that `2026-11-28` names in `zone`; null when it names none. */
export function endOfDay_us(day: string, zone: string): number | null {
  const noon_ms = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(noon_ms)) return null;
  const next = new Date(noon_ms + 86_400_000).toISOString().slice(0, 10);
  return microseconds(`${next}T00:00`, zone);
}

/** How far clocks in `zone` are ahead of UTC then. */
function offsetMs(at_ms: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }); // prettier-ignore
  const part = Object.fromEntries(format.formatToParts(at_ms).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'], part['hour'], part['minute'], part['second']);
  return shown - Math.floor(at_ms / 1000) * 1000;
}
