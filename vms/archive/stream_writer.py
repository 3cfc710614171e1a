"""One stream's way into the archive."""

from typing import Protocol

from vms.archive.closed_segment import media_end_us
from vms.archive.hand_over import SegmentHandle, StreamReport
from vms.archive.model import Cause, Gap, SegmentHead, SegmentTail, StreamKey
from vms.archive.volume_thread import VolumeThread
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.media.fragment import Fragment

ASSUMED_BYTES_PER_S = 500_000.0
MAX_SEGMENT_BYTES = (1 << 32) - 1  # offsets of key frames are 32 bits in the index
NO_VOLUME = "no_volume"


class Volumes(Protocol):
    """What a stream asks of the writer of all volumes."""

    def volume_for(self, writer: "StreamWriter") -> VolumeThread | None:
        """The volume for its next segment, None while there is none."""
        ...

    def volume_for_gap(self, writer: "StreamWriter") -> VolumeThread:
        """Where a gap is written down."""
        ...

    def recovered_end_us(self, stream: StreamKey) -> int:
        """End of the newest footage that recovery found in any volume; 0 when there is none."""
        ...

    def why_none(self, writer: "StreamWriter") -> str:
        """Why there is no volume for it."""
        ...


class StreamWriter:
    """Hands segments to the threads of the volumes. Called on one thread only (the event loop's); never blocks."""

    def __init__(self, key: StreamKey, volumes: Volumes, buffer_bytes: int, open_gap: Gap | None) -> None:
        self.key = key
        self.home: VolumeThread | None = None
        self.bytes_per_s = ASSUMED_BYTES_PER_S
        self._volumes = volumes
        self._buffer_bytes = buffer_bytes
        self._report = StreamReport()
        self._handle: SegmentHandle | None = None
        self._is_open = False
        self._is_dropping = False
        self._size_bytes = 0
        self._older_end_us = 0
        self._gap = open_gap

    @property
    def last_end_us(self) -> int | None:
        """End of the stream's newest footage in any volume, what is on its way to disk included."""
        newest = max(self._older_end_us, self._volumes.recovered_end_us(self.key))
        if self._handle is not None:
            newest = max(newest, self._handle.end_us)
        return newest or None

    @property
    def fault(self) -> str | None:
        """Why the newest segment could not be written on (a volume state), None while all is well."""
        return self._report.fault

    @property
    def durable_until_us(self) -> int | None:
        """Footage of this process up to here survives the death of the machine."""
        return self._report.durable_until_us

    def begin_segment(self, head: SegmentHead) -> None:
        """Open a segment file on a volume that takes footage; without one `fault` says why.

        CONFLICT `segment_overlaps` when it starts before the end of older footage.
        """
        if self._is_open:
            self.end_segment(SegmentTail(head.start_us))
        previous = self._handle
        last_end_us = self.last_end_us or 0
        if head.start_us < last_end_us:
            raise VmsError(
                Kind.CONFLICT, "segment_overlaps", "A segment must not start before the footage there is ends.",
                start_us=head.start_us, last_end_us=last_end_us,
            )  # fmt: skip
        self._older_end_us = last_end_us
        volume = self._volumes.volume_for(self)
        continues = volume is self.home and previous is not None and not previous.is_failed and not head.is_new_run
        self._handle = SegmentHandle(self.key, head, self._report, starts_run=not continues)
        self._size_bytes, self._is_open, self._is_dropping = 0, True, False
        if volume is None:
            self._handle.fail(self._volumes.why_none(self))
            return
        self.home = volume
        volume.begin(self._handle)

    def append(self, fragment: Fragment) -> bool:
        """Write a fragment; False when it was dropped.

        Dropped is what finds the buffer full or the volume failed, and then everything until the next
        `begin_segment`: a segment has no holes inside.
        """
        handle, volume = self._handle, self.home
        if not self._is_open or self._is_dropping or handle is None or handle.is_failed or volume is None:
            return False
        is_too_much = volume.waiting_bytes + fragment.size_bytes > self._buffer_bytes
        # A seal follows each fragment; a kilobyte leaves room for head and tail.
        if is_too_much or self._size_bytes + fragment.size_bytes + 1024 > MAX_SEGMENT_BYTES:
            self._is_dropping = True
            return False
        self._size_bytes += fragment.size_bytes + 64
        handle.end_us = media_end_us(handle.head.start_us, fragment.start_90k + fragment.duration_90k)
        volume.append(handle, fragment)
        return True

    def end_segment(self, tail: SegmentTail) -> None:
        """Close the segment file; its row follows when the file is durable."""
        handle = self._handle
        if not self._is_open or handle is None:
            return
        self._is_open = False
        if handle.is_failed or self.home is None:
            return
        if self._is_dropping:  # footage ends where the first fragment was dropped
            tail = SegmentTail(min(tail.end_us, handle.end_us), tail.flags, tail.lost_packets, tail.clock_offset_us)
        if handle.end_us:
            handle.end_us = max(tail.end_us, handle.head.start_us + 1)
            duration_us = handle.end_us - handle.head.start_us
            self.bytes_per_s = self._size_bytes * US_PER_SECOND / max(duration_us, US_PER_SECOND)
        self.home.end(handle, tail)

    def open_gap(self, start_us: int, cause: Cause, detail: str = "") -> None:
        """From `start_us` on there is no footage, for this reason; a gap that is open already ends there.

        After a failed segment the gap begins where footage that surely outlived the failure ends, if that is earlier;
        where more of it did, the footage counts.
        """
        handle = self._handle
        if handle is not None and handle.is_failed:
            start_us = min(start_us, max(handle.sure_until_us, handle.head.start_us))
        if self._gap is not None:
            if start_us <= self._gap.start_us:
                return  # the first reason explains it
            self.close_gap(start_us)
        self._gap = Gap(start_us, None, cause, detail)
        self._volumes.volume_for_gap(self).tell_gap(self.key, self._gap)

    def close_gap(self, end_us: int) -> None:
        """Footage again from `end_us` on; without an open gap nothing happens."""
        gap, self._gap = self._gap, None
        if gap is not None:
            whole = Gap(gap.start_us, end_us, gap.cause, gap.detail)
            self._volumes.volume_for_gap(self).tell_gap(self.key, whole)
