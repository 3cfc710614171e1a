"""Unix times of a live stream's pictures, without holes, overlaps or jitter."""

from typing import Self

BREAK_90K = 45_000  # half a second beside the server's clock: one cut is better than a minute of wrong times
GAP_90K = 90_000  # a pause longer than this is an interruption, not a long picture
PULL_PERCENT = 2  # nobody sees it, and half a second is gone after 25


class LiveTime:
    """Maps decoding times to Unix time × 90,000.

    Distances are the camera's own; the whole is pulled towards the server's time of each picture by at most 2 %.
    """

    def __init__(self) -> None:
        self._last_dts_90k: int | None = None
        self._last_90k = 0

    @classmethod
    def starting(cls, dts_90k: int, at_90k: int) -> Self:
        """A time line whose newest picture was at `at_90k`, whatever the server's clock says."""
        time = cls()
        time._last_dts_90k, time._last_90k = dts_90k, at_90k
        return time

    def is_broken_by(self, dts_90k: int, wall_us: int) -> bool:
        """Whether this picture, a key frame, should begin a new time line: after a pause or a step of the clock."""
        if self._last_dts_90k is None:
            return False
        distance_90k = dts_90k - self._last_dts_90k
        if not 0 < distance_90k <= GAP_90K:
            return True
        return abs(self.error_90k(dts_90k, wall_us)) > BREAK_90K

    def error_90k(self, dts_90k: int, wall_us: int) -> int:
        """By how much the server's time of the next picture is ahead of the last one's and the camera's distance."""
        if self._last_dts_90k is None:
            return 0
        return ticks_90k(wall_us) - self._last_90k - max(1, dts_90k - self._last_dts_90k)

    def of(self, dts_90k: int, wall_us: int) -> int:
        """Unix time × 90,000 of the next picture; strictly growing."""
        if self._last_dts_90k is None:
            self._last_90k = ticks_90k(wall_us)
        else:
            distance_90k = max(1, dts_90k - self._last_dts_90k)
            most_90k = distance_90k * PULL_PERCENT // 100
            self._last_90k += distance_90k + max(-most_90k, min(most_90k, self.error_90k(dts_90k, wall_us)))
        self._last_dts_90k = dts_90k
        return self._last_90k


def ticks_90k(wall_us: int) -> int:
    """Microseconds as 90 kHz ticks, rounded down."""
    return wall_us * 9 // 100
