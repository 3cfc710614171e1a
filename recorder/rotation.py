"""When a segment file ends and the next one begins."""

from hashlib import sha256
from uuid import UUID

from vms.kernel.clock import US_PER_SECOND

SEGMENT_US = 60 * US_PER_SECOND
LONGEST_US = 5 * SEGMENT_US  # a camera without key frames must not write one endless file


class Rotation:
    """Cuts at the first key frame after each minute, every stream at its own second of the minute.

    Staggered, because a hundred files closed in the same instant are a hundred syncs at once.
    """

    def __init__(self, camera_id: UUID, length_us: int = SEGMENT_US) -> None:
        self._length_us = length_us
        self._phase_us = int.from_bytes(sha256(camera_id.bytes).digest()[:4]) * length_us >> 32

    def is_due(self, start_us: int, now_us: int, is_sync: bool) -> bool:
        """Whether the segment that began at `start_us` ends before the picture of `now_us`."""
        if now_us - start_us >= LONGEST_US:
            return True
        if not is_sync:
            return False
        return self._slot(now_us) > self._slot(start_us)

    def _slot(self, at_us: int) -> int:
        return (at_us - self._phase_us) // self._length_us
