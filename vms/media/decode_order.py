"""Decoding times for pictures that carry only presentation times."""

from heapq import heappush, heappushpop

MAX_DEPTH = 16  # H.264 A.3.1 and H.265 A.4 bound the decoded picture buffer
DEFAULT_INTERVAL_90K = 3600  # 25 pictures a second: only spaces the pictures before the first presentation


class DecodeOrder:
    """RTP stamps presentation; a file wants decoding times that only grow.

    With a reorder depth of d, the decoding time of picture i is the (i - d)-th smallest presentation time: known as
    soon as picture i is here, so nothing waits. A stream that goes back further than its parameter sets admit
    teaches the depth; the pictures in between get times one tick apart.
    """

    def __init__(self, depth: int) -> None:
        self._depth = min(depth, MAX_DEPTH)
        self._waiting: list[int] = []
        self._last_dts_90k: int | None = None
        self._highest_90k: int | None = None

    @property
    def depth(self) -> int:
        """Reorder depth in force."""
        return self._depth

    def dts_90k(self, pts_90k: int) -> int:
        """Decoding time of the next picture in decoding order; strictly growing."""
        if self._highest_90k is None or pts_90k > self._highest_90k:
            self._highest_90k = pts_90k
        elif not self._depth:
            self._depth = 1
            heappush(self._waiting, self._highest_90k)
        candidate = self._candidate(pts_90k)
        if self._last_dts_90k is not None and candidate <= self._last_dts_90k:
            candidate = self._last_dts_90k + 1
        self._last_dts_90k = candidate
        return candidate

    def _candidate(self, pts_90k: int) -> int:
        if not self._depth:
            return pts_90k
        missing = self._depth - len(self._waiting)
        if missing > 0:
            heappush(self._waiting, pts_90k)
            return self._waiting[0] - missing * DEFAULT_INTERVAL_90K
        return heappushpop(self._waiting, pts_90k)
