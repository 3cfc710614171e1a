"""RTP timestamps of one viewer: the server's time of each picture, continuous whatever clocks do."""

from collections.abc import Sequence

from streams.live_items import Picture
from streams.live_time import LiveTime, ticks_90k

SQUEEZED_90K = 30  # between pictures of a burst: shown as fast as they are decoded
USUAL_90K = 3600
# Beyond this a jump is better than minutes in which the page says that the picture is late, which it does from three
# seconds on. Of a step of 2, 5, 9 s a browser's picture stood for 1.9, 3, 3 s, of one of 12 s not at all (measured).
FAR_90K = 2 * 90_000
RESET_90K = 10 * 90_000  # a browser takes a longer step back for a new beginning (measured); a shorter one it drops


class RtpTimes:
    """Timestamps are Unix time × 90,000 modulo 2^32, so that a page can tell the time of the picture it shows.

    A jump of 300 ms freezes a browser's picture for as long (measured), so time follows the camera's distances and
    is pulled to the server's clock by 2 %; a burst takes next to none of it. Only where that clock was set forward by
    more than two seconds, or back by more than ten, time jumps, at a key frame.
    """

    def __init__(self) -> None:
        self._time = LiveTime()
        self._last_90k: int | None = None
        self._last_pts_90k: int | None = None

    def of(self, picture: Picture) -> int:
        """Timestamp of the next picture."""
        last_90k = self._last_90k
        is_far = abs(self._time.error_90k(picture.pts_90k, picture.wall_us)) > FAR_90K
        if is_far and picture.is_sync and not _is_dropped(ticks_90k(picture.wall_us), last_90k):
            self._time = LiveTime()
        at_90k = self._time.of(picture.pts_90k, picture.wall_us)
        if last_90k is not None and _is_dropped(at_90k, last_90k):
            at_90k = last_90k + USUAL_90K
            self._time = LiveTime.starting(picture.pts_90k, at_90k)
        self._last_90k, self._last_pts_90k = at_90k, picture.pts_90k
        return at_90k & 0xFFFFFFFF

    def of_burst(self, pictures: Sequence[Picture]) -> list[int]:
        """Timestamps of a group of pictures sent at once: the newest has its true one, the others stand before."""
        last = self.of(pictures[-1])
        return [last - SQUEEZED_90K * back & 0xFFFFFFFF for back in range(len(pictures) - 1, -1, -1)]

    def of_repetition(self, count: int) -> list[int]:
        """Timestamps of pictures sent once more, between the newest one and the one that will follow it."""
        assert self._last_90k is not None
        step_90k = max(1, min(SQUEEZED_90K, USUAL_90K // 2 // max(1, count)))
        return [self._last_90k + step_90k * number & 0xFFFFFFFF for number in range(1, count + 1)]

    def goes_back(self, picture: Picture) -> bool:
        """Whether this picture would be shown before the one sent last: WebRTC cannot carry that."""
        return self._last_pts_90k is not None and picture.pts_90k < self._last_pts_90k

    def interrupt(self) -> None:
        """The next picture's time has nothing to do with the last one's."""
        self._time = LiveTime()
        self._last_pts_90k = None


def _is_dropped(at_90k: int, last_90k: int | None) -> bool:
    """Whether a browser takes a picture of this time for one that comes too late."""
    return last_90k is not None and last_90k - RESET_90K < at_90k <= last_90k
