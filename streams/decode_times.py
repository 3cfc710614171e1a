"""Decoding times for a live stream whose pictures may come in another order than they are shown."""

from heapq import heappush, heappushpop

MAX_DEPTH = 16  # H.264 A.3.1, H.265 A.4: the decoded picture buffer holds no more
SPACING_90K = 3600  # between the pictures before the first one is shown


class DecodeTimes:
    """The decoding time of picture i is the (i - depth)-th smallest presentation time; they only grow."""

    def __init__(self, depth: int) -> None:
        self._depth = min(depth, MAX_DEPTH)
        self._pending: list[int] = []
        self._last_90k: int | None = None

    def of(self, pts_90k: int) -> int:
        """Decoding time of the next picture, in ticks of its presentation time."""
        missing = self._depth - len(self._pending)
        if not self._depth:
            found = pts_90k
        elif missing > 0:
            heappush(self._pending, pts_90k)
            found = self._pending[0] - missing * SPACING_90K
        else:
            found = heappushpop(self._pending, pts_90k)
        if self._last_90k is not None:
            found = max(found, self._last_90k + 1)
        self._last_90k = found
        return found
