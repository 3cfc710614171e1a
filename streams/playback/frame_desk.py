"""Keeping the making of stills from taking the machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from streams.playback.frame import Still, frame_at
from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.kernel.errors import Kind, VmsError

AT_ONCE = 2  # decoding takes a core each; live pictures need the others
MAX_WAITING = 16  # worker threads that stand still; the rest are told to come again
PATIENCE_S = 2.0


class FrameDesk:
    """`frame_at` for many callers at a time; safe to use from several threads."""

    def __init__(self, archive: Archive, at_once: int = AT_ONCE, max_waiting: int = MAX_WAITING) -> None:
        self._archive = archive
        self._places = threading.BoundedSemaphore(at_once)
        self._waiting = threading.BoundedSemaphore(at_once + max_waiting)

    def frame_at(self, key: StreamKey, at_us: int, width_px: int, exact: bool) -> Still:
        """See `frame.frame_at`; UNAVAILABLE `frames_busy` when too many ask at once."""
        with self._place():
            return frame_at(self._archive, key, at_us, width_px, exact)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise _busy()
        try:
            if not self._places.acquire(timeout=PATIENCE_S):
                raise _busy()
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._waiting.release()


def _busy() -> VmsError:
    return VmsError(Kind.UNAVAILABLE, "frames_busy", "Too many pictures are asked for at once. Try again.")
