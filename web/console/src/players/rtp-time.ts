/** From 32 bits of a 90 kHz clock to the time they stand for. */
const TICKS = 2 ** 32;
const US_PER_TICK = 1e6 / 90_000;

/** Unix microseconds of RTP timestamp `rtp` (Unix time × 90,000 modulo 2^32), within 6.6 hours of `near_us`. */
export function unixOfRtp(rtp: number, near_us: number): number {
  const near_ticks = near_us / US_PER_TICK;
  const turns = Math.round((near_ticks - rtp) / TICKS);
  return (rtp + turns * TICKS) * US_PER_TICK;
}
