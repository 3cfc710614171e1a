"""Presentation times that only move as pictures do, out of RTP time stamps that may not."""

from collections import deque
from typing import NamedTuple

SECOND_90K = 90_000
MAX_STEP_90K = 10 * SECOND_90K  # a larger step on one picture is a wrong stamp
MAX_REORDER_90K = 2 * SECOND_90K
NEW_LINE_PICTURES = 3  # so many pictures that agree with each other are right, and the line before is over
DEFAULT_INTERVAL_90K = 3_600
_MEDIAN_OF = 15


class Placed(NamedTuple):
    """Where a picture stands. `is_new_line`: the camera's time jumped; what follows should be a run of its own."""

    pts_90k: int
    is_retimed: bool = False
    is_new_line: bool = False


class Timeline:
    """Extends 32-bit stamps (RFC 3550 §5.1) to a line without wraps, outliers or jumps.

    A stamp more than 10 s from the last good one, or not after it, is replaced by one median interval after the
    picture before (small backward steps of B-frames excepted). Three pictures in a row that agree with each other
    but not with the line become the line: its stamps are moved so that time goes on by the median interval, or by the
    time that passed on our clock when the camera was silent for long.
    """

    def __init__(self) -> None:
        self._intervals: deque[int] = deque(maxlen=_MEDIAN_OF)
        self.restart()

    def restart(self) -> None:
        """Begin at 0 with the next picture; the usual interval is kept."""
        self._is_started = False
        self._good_stamp = 0  # last stamp on the line
        self._good_pts = 0  # where it stands, before any replacement
        self._newest_pts = 0  # latest time given out
        self._newest_arrival_us = 0
        self._units_since_good = 0
        self._stray_stamp = 0
        self._stray_pts = 0
        self._strays = 0

    @property
    def interval_90k(self) -> int:
        """The median distance of pictures."""
        if not self._intervals:
            return DEFAULT_INTERVAL_90K
        return sorted(self._intervals)[len(self._intervals) // 2]

    def follow(self, stamp: int, arrival_us: int) -> int | None:
        """The time of a picture that goes on as pictures do; None when `place` must judge it."""
        if not self._is_started:
            return None
        step = (stamp - self._good_stamp) & 0xFFFFFFFF
        pts = self._good_pts + step
        if step > MAX_STEP_90K or pts <= self._newest_pts:
            return None
        self._intervals.append(step // (self._units_since_good + 1) or 1)
        self._good_stamp = stamp
        self._good_pts = self._newest_pts = pts
        self._newest_arrival_us = arrival_us
        self._units_since_good = self._strays = 0
        return pts

    def place(self, stamp: int, arrival_us: int, *, may_go_back: bool = False) -> Placed:
        """Place the next picture in decoding order. `may_go_back`: it is a B-frame."""
        if not self._is_started:
            self._is_started = True
            self._good_stamp = stamp
            self._newest_arrival_us = arrival_us
            return Placed(0)
        followed = self.follow(stamp, arrival_us)
        if followed is not None:
            return Placed(followed)
        self._units_since_good += 1
        step = signed_32(stamp - self._good_stamp)
        pts = self._good_pts + step
        if may_go_back and -MAX_REORDER_90K < pts - self._newest_pts < 0:
            return Placed(pts)
        if 0 < step <= MAX_STEP_90K:  # true, but a replaced stamp ran ahead of it
            self._good_stamp, self._good_pts, self._units_since_good = stamp, pts, 0
            return self._replaced(1, arrival_us)
        return self._stray(stamp, arrival_us)

    def _replaced(self, step_90k: int, arrival_us: int) -> Placed:
        self._newest_pts += step_90k
        self._newest_arrival_us = arrival_us
        return Placed(self._newest_pts, is_retimed=True)

    def _stray(self, stamp: int, arrival_us: int) -> Placed:
        """A stamp off the line: alone it is replaced, with two others that agree with it it is the new line."""
        step = signed_32(stamp - self._stray_stamp)
        if self._strays and 0 < step <= MAX_STEP_90K:
            self._strays += 1
            pts = max(self._stray_pts + step, self._newest_pts + 1)
        else:
            self._strays = 1
            pts = self._newest_pts + self._bridge_90k(arrival_us)
        self._stray_stamp, self._stray_pts = stamp, pts
        placed = self._replaced(pts - self._newest_pts, arrival_us)
        if self._strays < NEW_LINE_PICTURES:
            return placed
        self._strays = 0
        self._good_stamp, self._good_pts, self._units_since_good = stamp, pts, 0
        return Placed(pts, is_retimed=True, is_new_line=True)

    def _bridge_90k(self, arrival_us: int) -> int:
        """Time from the picture before to one whose stamp says nothing."""
        passed_90k = (arrival_us - self._newest_arrival_us) * 9 // 100
        interval = self.interval_90k
        # Reading in batches lets pictures arrive up to half a second late: only a longer silence is one.
        return passed_90k if passed_90k > interval + SECOND_90K else interval


def signed_32(value: int) -> int:
    """`value` modulo 2^32 as a signed number."""
    return ((value + 0x80000000) & 0xFFFFFFFF) - 0x80000000
