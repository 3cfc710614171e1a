"""One stream's way into the archive."""

from dataclasses import replace
from typing import Protocol

from vms.archive.closed_segment import media_end_us
from vms.archive.hand_over import SegmentHandle, StreamFault, StreamReport
from vms.archive.model import Cause, Gap, Place, SegmentHead, SegmentTail, StreamKey
from vms.archive.stream_gaps import StreamGaps
from vms.archive.taken_time import TakenTime, limit_of, place
from vms.archive.volume_thread import VolumeThread
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span, union
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

    def recovered_spans(self, stream: StreamKey) -> list[Span]:
        """The time that footage found by recovery takes, in all volumes."""
        ...

    def recovered_end_us(self, stream: StreamKey) -> int:
        """End of the newest footage before now that recovery found in any volume; 0 when there is none."""
        ...

    def why_none(self, writer: "StreamWriter") -> str:
        """Why there is no volume for it."""
        ...


class StreamWriter:
    """Hands segments to the threads of the volumes. Called on one thread only (the event loop's); never blocks."""

    def __init__(self, key: StreamKey, volumes: Volumes, buffer_bytes: int) -> None:
        self.key = key
        self.home: VolumeThread | None = None
        self.bytes_per_s = ASSUMED_BYTES_PER_S
        self.gaps = StreamGaps(key, lambda: volumes.volume_for_gap(self))
        self._volumes = volumes
        self._buffer_bytes = buffer_bytes
        self._fault = StreamFault()
        self._handle: SegmentHandle | None = None
        self._unsettled: list[SegmentHandle] = []  # of which something may still be lost, oldest first
        self._written = TakenTime()  # by all others
        self._written_end = (-1, 0)  # of the newest of them: its number, where it ends
        self._written_durable = (-1, 0)
        self._next_number = 0
        self._limit_us: int | None = None
        self._is_open = False
        self._is_dropping = False
        self._size_bytes = 0

    @property
    def last_end_us(self) -> int | None:
        """End of the newest footage of this process, what is on its way to disk included.

        Before there is any: of what recovery found before its now; what a clock that was ahead once placed in the
        future does not count.
        """
        ends = [(handle.number, handle.footage_end_us) for handle in self._unsettled if handle.footage_end_us]
        own = max([self._written_end, *ends])[1]
        return own or self._volumes.recovered_end_us(self.key) or None

    @property
    def fault(self) -> str | None:
        """Why the newest segment could not be written on (a volume state), None while all is well."""
        return self._fault.reason

    @property
    def durable_until_us(self) -> int | None:
        """The newest footage of this process up to here survives the death of the machine."""
        told = [(handle.number, handle.report.durable_until_us or 0) for handle in self._unsettled]
        return max([self._written_durable, *(one for one in told if one[1])])[1] or None

    def place(self, start_us: int) -> Place:
        """Where footage of `start_us` can lie: there, unless other footage of the stream takes it; then behind that.

        A hole of less than two seconds counts as taken. Of footage older than a day before the last recovery holes
        are not known: all of it counts as taken.
        """
        return place(self._taken(), start_us)

    def begin_segment(self, head: SegmentHead) -> None:
        """Open a segment file on a volume that takes footage; without one `fault` says why.

        CONFLICT `segment_overlaps` when other footage of the stream takes its start, on whatever volume.
        """
        if self._is_open:
            self.end_segment(SegmentTail(head.start_us))
        for lost in self._settle():
            self.gaps.tell_lost(lost)
        limit_us = limit_of(self._taken(), head.start_us)
        if limit_us is not None and limit_us <= head.start_us:
            raise VmsError(
                Kind.CONFLICT, "segment_overlaps", "A segment must not start where there is footage already.",
                start_us=head.start_us,
            )  # fmt: skip
        previous, self._limit_us = self._handle, limit_us
        self.gaps.cut(head.start_us)
        volume = self._volumes.volume_for(self)
        continues = volume is self.home and previous is not None and not previous.is_failed and not head.is_new_run
        self._handle = SegmentHandle(self.key, head, StreamReport(self._fault), not continues, self._next_number)
        self._next_number += 1
        self._unsettled.append(self._handle)
        self._size_bytes, self._is_open, self._is_dropping = 0, True, False
        if volume is None:
            self._handle.fail(self._volumes.why_none(self))
            return
        self.home = volume
        volume.begin(self._handle)

    def append(self, fragment: Fragment) -> bool:
        """Write a fragment; False when it was dropped.

        Dropped is what finds the buffer full, the volume failed, or would reach into other footage; and then
        everything until the next `begin_segment`: a segment has no holes inside.
        """
        handle, volume = self._handle, self.home
        if not self._is_open or self._is_dropping or handle is None or handle.is_failed or volume is None:
            return False
        end_us = media_end_us(handle.head.start_us, fragment.start_90k + fragment.duration_90k)
        is_too_much = volume.waiting_bytes + fragment.size_bytes > self._buffer_bytes
        # A seal follows each fragment; a kilobyte leaves room for head and tail.
        is_too_much |= self._size_bytes + fragment.size_bytes + 1024 > MAX_SEGMENT_BYTES
        if is_too_much or (self._limit_us is not None and end_us > self._limit_us):
            self._is_dropping = True
            return False
        self._size_bytes += fragment.size_bytes + 64
        handle.end_us = end_us
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
        start_us, end_us = handle.head.start_us, tail.end_us
        if self._is_dropping or end_us <= start_us:  # footage ends where the first fragment was dropped
            end_us = handle.end_us if end_us <= start_us else min(end_us, handle.end_us)
        if self._limit_us is not None:
            end_us = min(end_us, self._limit_us)
        end_us = max(end_us, start_us + 1)
        if handle.end_us:
            handle.end_us = end_us
            self.bytes_per_s = self._size_bytes * US_PER_SECOND / max(end_us - start_us, US_PER_SECOND)
        self.home.end(handle, replace(tail, end_us=end_us))

    def open_gap(self, start_us: int, cause: Cause, detail: str = "") -> None:
        """From `start_us` on there is no footage, for this reason; a gap with another reason ends there.

        With the cause and detail of the open gap nothing happens. What a failed disk surely lost of footage handed
        over before is told as `disk_failure`, once: a gap of that cause begins there, before any other it is a gap
        of its own.
        """
        for lost in reversed(self._settle()):
            assert lost.end_us is not None
            if lost.start_us <= start_us <= lost.end_us and self.gaps.current is None:
                if cause is lost.cause:
                    start_us = lost.start_us
                    continue
                start_us = lost.end_us
            self.gaps.tell_lost(lost)
        self.gaps.open(start_us, cause, detail, self._taken())

    def close_gap(self, end_us: int) -> None:
        """Footage again from `end_us` on; without an open gap nothing happens.

        A gap that would end before it starts (the clock was set back) is dropped.
        """
        self.gaps.close(end_us)

    def _taken(self) -> list[Span]:
        own = [_span_of(handle) for handle in self._unsettled]
        return union([*self._volumes.recovered_spans(self.key), *self._written.spans, *filter(None, own)])

    def _settle(self) -> list[Gap]:
        """Let go of segments that nothing more will happen to; returns what failed ones lost, oldest first."""
        lost, unsettled = [], []
        for handle in self._unsettled:
            is_being_written = handle is self._handle and self._is_open
            if handle.is_failed:
                start_us = max(handle.sure_until_us, handle.head.start_us)
                if handle.end_us > start_us:
                    lost.append(Gap(start_us, handle.end_us, Cause.DISK_FAILURE, handle.failure))
            elif is_being_written or not handle.is_durable:
                unsettled.append(handle)
                continue
            span = _span_of(handle)
            if span is not None:
                self._written.add(span.start_us, span.end_us)
                self._written_end = max(self._written_end, (handle.number, span.end_us))
            if handle.report.durable_until_us:
                durable = (handle.number, handle.report.durable_until_us)
                self._written_durable = max(self._written_durable, durable)
        self._unsettled = unsettled
        return lost


def _span_of(handle: SegmentHandle) -> Span | None:
    start_us, end_us = handle.head.start_us, handle.footage_end_us
    return Span(start_us, end_us) if end_us > start_us else None
