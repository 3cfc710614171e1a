"""What one stream tells of the time it has no footage."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.volume_thread import VolumeThread
from vms.kernel.span import Span

REMEMBERED = 16  # closed gaps that footage may still cut, when the clock is set back


@dataclass(slots=True)
class _Told:
    """A gap with the volumes that know of it."""

    gap: Gap
    homes: list[VolumeThread]


class StreamGaps:
    """At most one gap is open. How it ended is told where it was opened too, else that volume would know it open."""

    def __init__(self, key: StreamKey, where: Callable[[], VolumeThread]) -> None:
        self._key = key
        self._where = where
        self._open: _Told | None = None
        self._closed: deque[_Told] = deque(maxlen=REMEMBERED)

    @property
    def current(self) -> Gap | None:
        """The gap that is open."""
        return None if self._open is None else self._open.gap

    def adopt(self, gap: Gap, home: VolumeThread) -> None:
        """Go on with a gap an earlier process opened."""
        self._open = _Told(gap, [home])

    def open(self, start_us: int, cause: Cause, detail: str, taken: Sequence[Span]) -> None:
        """No footage from `start_us` on. The first reason stays, until a later moment has another."""
        gap = self.current
        if gap is not None and start_us < gap.start_us and _has_gone_back(start_us, gap.start_us, taken):
            self.close(start_us)  # it began in a time that was wrong: dropped
            gap = None
        if gap is not None:
            if (gap.cause, gap.detail) == (cause, detail) or start_us <= gap.start_us:
                return
            self.close(start_us)
        self._open = self._take_back(start_us, cause, detail) or _Told(Gap(start_us, None, cause, detail), [])
        self._tell(self._open)

    def close(self, end_us: int) -> None:
        """Footage again. A gap that would end before it starts is dropped."""
        told, self._open = self._open, None
        if told is None:
            return
        told.gap = replace(told.gap, end_us=max(end_us, told.gap.start_us))
        self._tell(told)
        if end_us > told.gap.start_us:
            self._closed.append(told)

    def tell_lost(self, gap: Gap) -> None:
        """Footage that was handed over did not outlive its disk."""
        current = self.current
        if current is None or gap.start_us < current.start_us:
            self._tell(_Told(gap, []))

    def cut(self, at_us: int) -> None:
        """Footage begins here: a closed gap that reached over it (the clock was ahead when it ended) ends here."""
        for told in self._closed:
            if told.gap.start_us < at_us < (told.gap.end_us or 0):
                told.gap = replace(told.gap, end_us=at_us)
                self._tell(told)

    def _take_back(self, start_us: int, cause: Cause, detail: str) -> _Told | None:
        """The gap just closed, when it goes on for the same reason: no footage came between."""
        last = self._closed[-1] if self._closed else None
        if last is None or (last.gap.cause, last.gap.detail) != (cause, detail):
            return None
        if not last.gap.start_us <= start_us <= (last.gap.end_us or 0):
            return None
        self._closed.pop()
        last.gap = replace(last.gap, end_us=None)
        return last

    def _tell(self, told: _Told) -> None:
        where = self._where()
        if where not in told.homes:
            told.homes.append(where)
        for home in told.homes:
            home.tell_gap(self._key, told.gap)


def _has_gone_back(start_us: int, gap_start_us: int, taken: Sequence[Span]) -> bool:
    """Whether footage lies between: then the gap began before the clock was set back."""
    return any(start_us < span.start_us and span.end_us <= gap_start_us for span in taken)
