"""The ports through which footage leaves the packager: to disk, and to whoever watches."""

from typing import Protocol

from vms.archive.model import Cause, Place, SegmentHead, SegmentTail
from vms.media.access_unit import AccessUnit
from vms.media.fragment import Fragment, InitSegment


class FootageWriter(Protocol):
    """One stream's way into the archive (`vms.archive.writer.StreamWriter`). Never blocks."""

    @property
    def last_end_us(self) -> int | None:
        """End of the stream's newest footage in any volume."""
        ...

    @property
    def fault(self) -> str | None:
        """Why the last segment could not be written on, or None."""
        ...

    def place(self, start_us: int) -> Place:
        """Where footage of this moment can lie without overlapping any other of the stream."""
        ...

    def begin_segment(self, head: SegmentHead) -> None:
        """Open a segment file."""
        ...

    def append(self, fragment: Fragment) -> bool:
        """Write a fragment; False when it was dropped because the disk is too far behind."""
        ...

    def end_segment(self, tail: SegmentTail) -> None:
        """Close the segment file and index it."""
        ...

    def open_gap(self, start_us: int, cause: Cause, detail: str) -> None:
        """From here on there is no footage, for this reason; a gap with another reason ends here."""
        ...

    def close_gap(self, end_us: int) -> None:
        """Footage again."""
        ...


class LiveReaders(Protocol):
    """One stream's way to live viewers (`recorder.tap_channel.TapChannel`)."""

    def publish_unit(self, unit: AccessUnit, wall_us: int) -> None:
        """Hand on a picture the moment it is complete."""
        ...

    def publish_init(self, init: InitSegment) -> None:
        """The fragments that follow need this init segment, and their times start at 0 again."""
        ...

    def publish_fragment(self, fragment: Fragment, wall_us: int) -> None:
        """Hand on a fragment."""
        ...

    def publish_discontinuity(self, reason: str) -> None:
        """What follows has nothing to do with what came before."""
        ...
