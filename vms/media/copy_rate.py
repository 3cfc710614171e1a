"""How many bits a copy of footage is given that is encoded anew, known before it is begun."""

import math

from vms.media.init_segment import TIMESCALE

PEAK = 1.25  # of a second; the rest of the time it is the mean
# What is encoded a second time needs more for the same quality.
_MORE = 1.5
_LEAST_BITS_PER_S = 200_000
_START_S = 2  # how much longer the encoder may stay at its peak than the film lasts


def rate_for(size_bytes: int, duration_90k: int) -> int:
    """Bits a second for the copy of so much footage."""
    return max(_LEAST_BITS_PER_S, math.ceil(_MORE * 8 * size_bytes * TIMESCALE / max(1, duration_90k)))


def most_bytes(size_bytes: int, duration_90k: int) -> int:
    """How large the copy becomes at the most, about: what the disk must have before it is begun."""
    seconds = duration_90k / TIMESCALE + _START_S
    return math.ceil(rate_for(size_bytes, duration_90k) * PEAK * seconds / 8)
