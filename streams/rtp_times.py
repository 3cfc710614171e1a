"""RTP timestamps of one viewer: continuous whatever the camera's clock does."""

SQUEEZED_90K = 30  # between pictures of a burst: shown as fast as they are decoded
USUAL_90K = 3600
LONGEST_90K = 10 * 90_000  # a camera that is silent for longer has a discontinuity


class RtpTimes:
    """Gives each picture its timestamp (32 bits).

    A jump of 300 ms freezes a browser's picture for as long (measured), so after a discontinuity time goes on by what
    really passed; a burst takes almost none, so that it delays nothing.
    """

    def __init__(self, first_90k: int) -> None:
        self._last_90k = first_90k
        self._last_pts_90k: int | None = None
        self._last_s = 0.0

    def of(self, pts_90k: int, now_s: float, *, is_squeezed: bool) -> int:
        """Timestamp of the next picture; `now_s` is the loop's time."""
        if is_squeezed:
            passed_90k = SQUEEZED_90K
        elif self._last_pts_90k is None:
            passed_90k = max(USUAL_90K, round((now_s - self._last_s) * 90_000)) if self._last_s else USUAL_90K
        else:
            passed_90k = pts_90k - self._last_pts_90k
        self._last_90k += max(1, min(passed_90k, LONGEST_90K))
        self._last_pts_90k, self._last_s = pts_90k, now_s
        return self._last_90k & 0xFFFFFFFF

    def goes_back(self, pts_90k: int) -> bool:
        """Whether this picture would be shown before the one sent last: WebRTC cannot carry that."""
        return self._last_pts_90k is not None and pts_90k < self._last_pts_90k

    def interrupt(self) -> None:
        """The next picture's time has nothing to do with the last one's."""
        self._last_pts_90k = None
