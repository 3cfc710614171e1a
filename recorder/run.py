"""One unbroken recording: pictures become samples, fragments, segments."""

from collections.abc import Callable
from dataclasses import dataclass, field

from recorder.footage import FootageWriter, LiveReaders
from recorder.rotation import Rotation
from recorder.run_clock import LATE_LIMIT_US, STEP_LIMIT_US, RunClock
from recorder.source import SourceStats
from vms.archive.model import Flag, SegmentHead, SegmentTail
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.media import fmp4, init_segment
from vms.media.access_unit import AccessUnit
from vms.media.decode_order import DEFAULT_INTERVAL_90K, DecodeOrder
from vms.media.fragment import Sample

FRAGMENT_90K = 45_000  # half a second: with what waits in the socket, a kill costs less than one
FRAGMENT_BYTES = 16 * 1024 * 1024
LIMIT_MARGIN_US = US_PER_SECOND  # end this early before footage that lies ahead: a fragment must not reach into it
DISK_BEHIND = "disk_behind"


@dataclass(slots=True)
class StreamFacts:
    """What is true of a stream beside its pictures, told in the row of each segment."""

    stats: SourceStats = field(default_factory=SourceStats)
    loss_is_known: Callable[[], bool] = lambda: True
    camera_offset_us: int | None = None
    mask_version: int = 0


class Run:
    """A recording with one time line and one format.

    A sample's duration is the distance to the picture after it, so a fragment is closed by the picture that follows;
    nothing is guessed but the very last duration. Without a writer (city-view cameras, no disk) the same fragments
    go to live readers only.
    """

    def __init__(
        self, first: AccessUnit, writer: FootageWriter | None, readers: LiveReaders,
        clock: Clock, rotation: Rotation, facts: StreamFacts,
    ) -> None:  # fmt: skip
        self.format = first.format
        self.writer = writer
        self.storage_fault = ""  # why the writer stopped taking this run
        self.stored_until_us: int | None = None  # end of the newest fragment the writer took
        self._readers = readers
        self._rotation = rotation
        self._facts = facts
        self._clock = RunClock(clock)
        self._order = DecodeOrder(first.format.reorder_depth)
        self._init = init_segment.build(first.format)
        self._samples: list[Sample] = []
        self._samples_bytes = 0
        self._held: tuple[AccessUnit, int] | None = None
        self._fragment_start_90k = 0
        self._interval_90k = DEFAULT_INTERVAL_90K
        self._limit_us: int | None = None
        self._segment_start_us: int | None = None
        self._segment_base_90k = 0
        self._sequence = 0
        self._flags = Flag(0) if first.is_sync else Flag.NO_SYNC
        self._lost_before = facts.stats.lost_packets
        self._retimed_before = facts.stats.retimed_units
        self._dropped_seen = facts.stats.dropped_units

    @property
    def clock_has_stepped(self) -> bool:
        """Whether the machine's clock was set while this run went on."""
        return self._clock.has_stepped()

    def add(self, unit: AccessUnit) -> str:
        """Take the next picture in decoding order.

        Returns why not: the run has to end before this picture (`late`, `time_taken`), else an empty string.
        """
        dropped_units = self._facts.stats.dropped_units
        if dropped_units != self._dropped_seen:  # a picture is missing before this one, lost packets or not
            self._dropped_seen = dropped_units
            self._flags |= Flag.DAMAGED
        dts_90k = self._order.dts_90k(unit.pts_90k)
        self._clock.observe(unit.arrival_us, dts_90k)
        if self._held is None:
            self._fragment_start_90k = self._segment_base_90k = dts_90k
        else:
            self._release(dts_90k)
            is_long = dts_90k - self._fragment_start_90k >= FRAGMENT_90K
            if unit.is_sync or is_long or self._samples_bytes > FRAGMENT_BYTES:
                self._flush(dts_90k)
                reason = self._reason_to_end(dts_90k) or self._rotate_if_due(dts_90k, unit.is_sync)
                if reason:
                    self._held = None
                    return reason
        self._held = (unit, dts_90k)
        self._readers.publish_unit(unit, self._clock.wall_us(dts_90k))
        return ""

    def finish(self) -> None:
        """Write what is left and close the segment."""
        end_90k = self._fragment_start_90k
        if self._held is not None:
            end_90k = self._held[1] + self._interval_90k
            self._release(end_90k)
            self._held = None
            self._flush(end_90k)
        if self._segment_start_us is not None:
            self._end_segment(end_90k)

    def stop_storing(self) -> None:
        """Go on for live readers only."""
        if self._segment_start_us is not None and self.writer is not None:
            self.writer.end_segment(self._tail(self._clock.wall_us(self._fragment_start_90k)))
        self.writer = None

    def _release(self, next_dts_90k: int) -> None:
        assert self._held is not None
        unit, dts_90k = self._held
        self._interval_90k = duration_90k = next_dts_90k - dts_90k
        self._samples.append(Sample(unit.data, duration_90k, unit.pts_90k - dts_90k, unit.is_sync))
        self._samples_bytes += len(unit.data)
        if unit.is_damaged:
            self._flags |= Flag.DAMAGED

    def _flush(self, end_90k: int) -> None:
        if self._segment_start_us is None:
            self._start()
        fragment = fmp4.build(self._sequence, self._fragment_start_90k - self._segment_base_90k, self._samples)
        wall_us = self._clock.wall_us(self._fragment_start_90k)
        self._sequence += 1
        self._samples, self._samples_bytes = [], 0
        self._fragment_start_90k = end_90k
        self._readers.publish_fragment(fragment, wall_us)
        if self.writer is None:
            return
        if not self.writer.append(fragment):
            self.storage_fault = self.writer.fault or DISK_BEHIND
            return
        if self.stored_until_us is None:
            self.writer.close_gap(wall_us)
        self.stored_until_us = self._clock.wall_us(end_90k)

    def _start(self) -> None:
        start_us = self._clock.true_start_us(self._segment_base_90k)
        if self.writer is not None:
            place = self.writer.place(start_us)
            start_us, self._limit_us = place.start_us, place.limit_us
        self._clock.start(self._segment_base_90k, start_us)
        self._begin_segment(start_us, is_new_run=True)

    def _reason_to_end(self, at_90k: int) -> str:
        is_taken = self._limit_us is not None and self._clock.wall_us(at_90k) >= self._limit_us - LIMIT_MARGIN_US
        return "time_taken" if is_taken and self.writer is not None else ""

    def _rotate_if_due(self, at_90k: int, is_sync: bool) -> str:
        assert self._segment_start_us is not None
        if not self._rotation.is_due(self._segment_start_us, self._clock.wall_us(at_90k), is_sync):
            return ""
        end_us, late_us = self._end_segment(at_90k)
        if late_us > LATE_LIMIT_US:
            return "late"
        self._flags = Flag(0) if is_sync else Flag.NO_SYNC
        self._segment_base_90k = at_90k
        self._begin_segment(end_us, is_new_run=False)
        return ""

    def _begin_segment(self, start_us: int, *, is_new_run: bool) -> None:
        self._segment_start_us = start_us
        self._sequence = 0
        self._readers.publish_init(self._init)
        if self.writer is not None and not self.storage_fault:
            self.writer.begin_segment(
                SegmentHead(start_us, self._init, is_new_run, self._facts.mask_version, self._clock.held_us)
            )

    def _end_segment(self, end_90k: int) -> tuple[int, int]:
        is_held = self._clock.held_us > STEP_LIMIT_US
        end_us, late_us = self._clock.end_segment(end_90k)
        if is_held or self._clock.is_slowed:
            self._flags |= Flag.CLOCK_HELD
        self._segment_start_us = None
        if self.writer is not None:
            if self.stored_until_us is not None and not self.storage_fault:
                self.stored_until_us = end_us
            self.writer.end_segment(self._tail(end_us))
        return end_us, late_us

    def _tail(self, end_us: int) -> SegmentTail:
        stats = self._facts.stats
        lost = stats.lost_packets - self._lost_before
        flags = self._flags
        flags |= Flag.DAMAGED if lost else Flag(0)
        flags |= Flag(0) if self._facts.loss_is_known() else Flag.LOSS_UNKNOWN
        flags |= Flag.RETIMED if stats.retimed_units > self._retimed_before else Flag(0)
        self._lost_before, self._retimed_before = stats.lost_packets, stats.retimed_units
        return SegmentTail(end_us, flags, lost, self._facts.camera_offset_us)
