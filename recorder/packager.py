"""Decides where one recording ends and the next begins."""

import logging
from collections import deque

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
MINUTE_US = 60 * US_PER_SECOND
MOST_RUNS_A_MINUTE = 120  # each is a file: a camera that breaks more often would hold the disk up for all others
UNSTEADY = "unsteady"
_CAUSES = {
    "clock_step": Cause.UNKNOWN,
    "late": Cause.NETWORK,
    "no_whole_picture": Cause.NETWORK,
    "time_taken": Cause.UNKNOWN,
}


class Packager:
    """The last step before disk and viewers; one for each stream, called on the event loop's thread.

    A run ends at a discontinuity, a change of format or a step of the machine's clock; the next begins with a key
    frame. When the disk fails, the run goes on for live viewers, and every two seconds the next key frame begins a
    run that tries the disks again: nobody who watches notices. So it is with a stream that breaks more than twice a
    second for a minute. Of a stream without key frames any picture is taken for
    one, once none came for ten seconds.
    """

    def __init__(
        self, writer: FootageWriter | None, readers: LiveReaders, clock: Clock, rotation: Rotation,
        facts: StreamFacts, label: str = "",
    ) -> None:  # fmt: skip
        self._writer = writer
        self._readers = readers
        self._clock = clock
        self._rotation = rotation
        self._facts = facts
        self._label = label
        self._run: Run | None = None
        self._any_from_us = 0  # from then on a run may begin with any picture; 0: its source sent none yet
        self._skips_leading = False
        self._storage_retry_us = 0
        self._begun_us: deque[int] = deque(maxlen=MOST_RUNS_A_MINUTE)  # when the last runs began that are stored
        self.storage_fault = ""
        self.is_unsteady = False  # the stream breaks too often to be stored now
        self.recorded_until_us: int | None = None

    @property
    def is_writing(self) -> bool:
        """Whether pictures reach a disk right now."""
        return self._run is not None and self._run.writer is not None

    def on_access_unit(self, unit: AccessUnit) -> None:
        """See `AccessUnitSink.on_access_unit`."""
        run = self._run
        if run is not None and (reason := self._reason_to_end(run, unit)):
            self._end_run(reason)
            run = None
        if run is None:
            run = self._begin_run(unit)
        if run is None or self._is_skipped(unit):
            return
        if reason := run.add(unit):
            self._end_run(reason)
            run = self._begin_run(unit)
            if run is None:
                return
            run.add(unit)
        self._note_storage(run, unit.arrival_us)

    def on_discontinuity(self, reason: str) -> None:
        """See `AccessUnitSink.on_discontinuity`."""
        if self._run is not None:
            self._end_run(reason)
        self._readers.publish_discontinuity(reason)

    def on_camera_clock(self, offset_us: int) -> None:
        """See `AccessUnitSink.on_camera_clock`."""
        self._facts.camera_offset_us = offset_us

    def end(self, cause: Cause, detail: str) -> None:
        """The source ended: close what is open, and say why footage stops here (or still does not come)."""
        self._any_from_us = 0
        if self._run is not None:
            self._end_run(detail, cause)
        elif self._writer is not None:
            self._writer.open_gap(self._clock.now_us(), cause, detail)
        self._readers.publish_discontinuity(detail)

    def _reason_to_end(self, run: Run, unit: AccessUnit) -> str:
        if unit.format is not run.format and not _is_same(unit.format, run.format):
            return "format_changed"
        if unit.is_sync:
            self._any_from_us = unit.arrival_us + NO_SYNC_LIMIT_US
        elif unit.arrival_us < self._any_from_us:
            return ""
        if run.clock_has_stepped:
            return "clock_step"
        if run.writer is None and self._writer is not None and unit.arrival_us >= self._storage_retry_us:
            return "storage_retry"
        return ""

    def _begin_run(self, unit: AccessUnit) -> Run | None:
        if unit.is_sync or not self._any_from_us:
            self._any_from_us = unit.arrival_us + NO_SYNC_LIMIT_US
        if not unit.is_sync and unit.arrival_us < self._any_from_us:
            return None
        self._skips_leading = True
        writer = self._writer if unit.arrival_us >= self._storage_retry_us else None
        if writer is not None and not self._is_steady(unit.arrival_us):
            writer.open_gap(self._clock.now_us(), Cause.CAMERA_OFFLINE, UNSTEADY)
            writer = None
        self._run = Run(unit, writer, self._readers, self._clock, self._rotation, self._facts)
        return self._run

    def _is_steady(self, now_us: int) -> bool:
        """Whether another run may be stored now; if not, a run is when the oldest of the last ones is a minute old."""
        begun = self._begun_us
        self.is_unsteady = len(begun) == MOST_RUNS_A_MINUTE and now_us - begun[0] < MINUTE_US
        if self.is_unsteady:
            self._storage_retry_us = begun[0] + MINUTE_US
        else:
            begun.append(now_us)
        return not self.is_unsteady

    def _is_skipped(self, unit: AccessUnit) -> bool:
        """Pictures that lead a run's first key frame refer to what is not there (H.265 §3.1, RASL)."""
        if self._skips_leading:
            self._skips_leading = unit.is_sync or unit.is_leading
        return self._skips_leading and unit.is_leading

    def _note_storage(self, run: Run, now_us: int) -> None:
        if run.storage_fault and run.writer is not None:
            fault, writer = run.storage_fault, run.writer
            run.stop_storing()
            self._storage_retry_us = now_us + RETRY_STORAGE_US
            self._open_gap(writer, run, Cause.DISK_FAILURE, fault)
            if fault != self.storage_fault:
                log.error("%s: no disk takes its footage: %s", self._label, fault)
            self.storage_fault = fault
        elif run.writer is not None and run.stored_until_us is not None:
            self.recorded_until_us = run.stored_until_us
            self.storage_fault = ""

    def _end_run(self, reason: str, cause: Cause | None = None) -> None:
        run, self._run = self._run, None
        assert run is not None
        writer = run.writer
        run.finish()
        if writer is not None:
            if run.storage_fault:
                cause, reason = Cause.DISK_FAILURE, run.storage_fault
            self._open_gap(writer, run, cause or _CAUSES.get(reason, Cause.CAMERA_OFFLINE), reason)
        elif self._writer is not None and cause is not None:
            self._writer.open_gap(self._clock.now_us(), cause, reason)
        if reason != "storage_retry":
            log.info("%s: a run ended: %s", self._label, reason)

    def _open_gap(self, writer: FootageWriter, run: Run, cause: Cause, detail: str) -> None:
        """From the end of what was stored; a run that stored nothing leaves the gap before it as it is."""
        if run.stored_until_us is not None:
            self.recorded_until_us = run.stored_until_us
            writer.open_gap(run.stored_until_us, cause, detail)
        else:
            writer.open_gap(self._clock.now_us(), cause, detail)


def _is_same(new: VideoFormat, old: VideoFormat) -> bool:
    """Whether pictures of `new` decode with the parameter sets of `old` (VUI timing and the like may differ)."""
    return new.visible == old.visible and new.pps == old.pps
