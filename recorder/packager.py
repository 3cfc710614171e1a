"""Decides where one recording ends and the next begins."""

import logging

from recorder.footage import FootageWriter, LiveReaders
from recorder.rotation import Rotation
from recorder.run import Run, StreamFacts
from vms.archive.model import Cause
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.media.access_unit import AccessUnit
from vms.media.video_format import VideoFormat

log = logging.getLogger(__name__)

NO_SYNC_LIMIT_US = 10 * US_PER_SECOND  # then footage without a key frame is better than none
RETRY_STORAGE_US = 2 * US_PER_SECOND
_CAUSES = {
    "clock_step": Cause.UNKNOWN,
    "late": Cause.NETWORK,
    "storage_retry": Cause.DISK_FAILURE,
    "format_changed": Cause.CAMERA_OFFLINE,
}


class Packager:
    """The last step before disk and viewers; one for each stream, called on the event loop's thread.

    A run ends at a discontinuity, a change of format, a step of the machine's clock, or a fault of the disk; the next
    begins with a key frame. While no disk takes footage the pictures still reach live viewers, and every two seconds
    a key frame is offered to the disks again.
    """

    def __init__(
        self,
        writer: FootageWriter | None,
        readers: LiveReaders,
        clock: Clock,
        rotation: Rotation,
        facts: StreamFacts,
    ) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock
        self._rotation = rotation
        self._facts = facts
        self._run: Run | None = None
        self._waiting_since_us: int | None = None
        self._skips_leading = False
        self._storage_retry_us = 0
        self.recorded_until_us: int | None = None

    @property
    def is_writing(self) -> bool:
        """Whether pictures reach a disk right now."""
        return self._run is not None and self._run.writer is not None

    def on_access_unit(self, unit: AccessUnit) -> None:
        """See `AccessUnitSink.on_access_unit`."""
        run = self._run
        if run is not None:
            reason = self._reason_to_end(run, unit)
            if reason:
                self._end_run(reason, _CAUSES[reason])
                run = None
        if run is None:
            run = self._begin_run(unit)
            if run is None:
                return
        if self._skips_leading:
            if unit.is_leading:
                return
            self._skips_leading = unit.is_sync
        run.add(unit)
        self.recorded_until_us = run.recorded_until_us or self.recorded_until_us
        if run.failed:
            self._end_run(run.failed, _CAUSES.get(run.failed, Cause.DISK_FAILURE))

    def on_discontinuity(self, reason: str) -> None:
        """See `AccessUnitSink.on_discontinuity`."""
        if self._run is not None:
            self._end_run(reason, Cause.CAMERA_OFFLINE)
        self._readers.publish_discontinuity(reason)

    def on_camera_clock(self, offset_us: int) -> None:
        """See `AccessUnitSink.on_camera_clock`."""
        self._facts.camera_offset_us = offset_us

    def end(self, cause: Cause, detail: str) -> None:
        """The source ended: close what is open, and say why footage stops here."""
        self._waiting_since_us = None
        if self._run is not None:
            self._end_run(detail, cause)
        self._readers.publish_discontinuity(detail)

    def _reason_to_end(self, run: Run, unit: AccessUnit) -> str:
        if unit.format is not run.format and not _is_same(unit.format, run.format):
            return "format_changed"
        if not unit.is_sync:
            return ""
        if run.clock_has_stepped:
            return "clock_step"
        if run.writer is None and self._writer is not None and unit.arrival_us >= self._storage_retry_us:
            return "storage_retry"
        return ""

    def _begin_run(self, unit: AccessUnit) -> Run | None:
        if self._waiting_since_us is None:
            self._waiting_since_us = unit.arrival_us
        if not unit.is_sync and unit.arrival_us - self._waiting_since_us < NO_SYNC_LIMIT_US:
            return None
        self._waiting_since_us = None
        self._skips_leading = True
        writer = self._writer
        if writer is not None and writer.fault and unit.arrival_us < self._storage_retry_us:
            writer = None
        self._storage_retry_us = unit.arrival_us + RETRY_STORAGE_US
        self._run = Run(unit, writer, self._readers, self._clock, self._rotation, self._facts)
        return self._run

    def _end_run(self, reason: str, cause: Cause) -> None:
        run, self._run = self._run, None
        assert run is not None
        end_us = run.finish()
        if run.writer is None:
            return
        end_us = end_us or run.writer.last_end_us or self._clock.now_us()
        self.recorded_until_us = end_us
        run.writer.open_gap(end_us, cause, reason)
        log.info("a recording ended: %s", reason)


def _is_same(new: VideoFormat, old: VideoFormat) -> bool:
    """Whether pictures of `new` decode with the parameter sets of `old` (VUI timing and the like may differ)."""
    return new.visible == old.visible and new.pps == old.pps
