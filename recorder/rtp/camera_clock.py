"""How far a camera's own clock is from ours, told from its sender reports."""

from collections import deque

_REMEMBERED = 5
_STEP_US = 1_000_000
_STEPS_TO_BELIEVE = 2


class CameraClock:
    """The offset, camera minus us, cleaned of our own lateness.

    Packets are read in batches, so that a report looks up to half a second older than it is: always in one
    direction. The
    largest of the last few offsets is the least delayed. A report more than a second off must be followed by another
    like it before it is believed: then the camera's clock was set.
    """

    def __init__(self) -> None:
        self._offsets_us: deque[int] = deque(maxlen=_REMEMBERED)
        self._steps_us: list[int] = []

    def note(self, camera_us: int, now_us: int) -> int:
        """Take one report read at `now_us`; returns the offset in force."""
        offset_us = camera_us - now_us
        if self._offsets_us and abs(offset_us - max(self._offsets_us)) > _STEP_US:
            self._steps_us.append(offset_us)
            if len(self._steps_us) < _STEPS_TO_BELIEVE:
                return max(self._offsets_us)
            self._offsets_us.clear()
        self._steps_us.clear()
        self._offsets_us.append(offset_us)
        return max(self._offsets_us)
