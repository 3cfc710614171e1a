"""Everything a recorder writes, spread over the volumes."""

import logging
from collections import deque
from collections.abc import Sequence
from uuid import UUID

from vms.archive.journal import GapTold
from vms.archive.model import Gap, StreamKey
from vms.archive.recorded_volume import RecordedVolume
from vms.archive.recovery import RecoveryReport
from vms.archive.spread import Candidate, choose
from vms.archive.stale_gaps import end_stale_gaps
from vms.archive.steps import OnStep, no_step
from vms.archive.stream_writer import NO_VOLUME, StreamWriter
from vms.archive.volume import Volume
from vms.archive.volume_state import OK
from vms.archive.volume_thread import VolumeThread
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.span import Span

log = logging.getLogger(__name__)

SYNC_INTERVAL_US = 5 * US_PER_SECOND
BUFFER_BYTES = 128 << 20  # for each volume: ten seconds of 25 cameras at 4 Mbit/s
_HELD_GAPS = 20_000


class ArchiveWriter:
    """One thread for each volume, one `StreamWriter` for each stream.

    `recover`, `start`, `stop` block and belong outside the event loop; `stream` and what it returns belong inside.
    A stream stays on its volume while that is healthy; otherwise its next segment goes where most room is left.
    `had_others`: the node recorded on other volumes before, all of its disks may be new.
    """

    def __init__(
        self, volumes: Sequence[Volume], clock: Clock, *, sync_interval_us: int = SYNC_INTERVAL_US,
        buffer_bytes: int = BUFFER_BYTES, on_step: OnStep = no_step, had_others: bool = False,
    ) -> None:  # fmt: skip
        held_gaps: deque[GapTold] = deque(maxlen=_HELD_GAPS)
        self._threads = {
            str(volume.uuid): RecordedVolume(volume, clock, sync_interval_us, held_gaps, on_step) for volume in volumes
        }
        self._clock = clock
        self._buffer_bytes = buffer_bytes
        self._had_others = had_others
        self._writers: dict[StreamKey, StreamWriter] = {}

    def recover(self) -> dict[UUID, RecoveryReport]:
        """Bring every volume up, before `start`: finish what a crash interrupted. One that fails is retried later."""
        reports = {thread.volume.uuid: thread.recover() for thread in self._threads.values()}
        end_stale_gaps(list(self._threads.values()), self._clock.now_us())
        return reports

    def start(self) -> None:
        """Begin to write."""
        for thread in self._threads.values():
            thread.start()

    def stop(self) -> None:
        """Write what was handed over, close all segments, end the threads. Blocks until it is done.

        All at once: behind a disk that hangs the files of the others are closed.
        """
        for thread in self._threads.values():
            thread.tell_to_stop()
        for thread in self._threads.values():
            thread.join()

    def stream(self, key: StreamKey) -> StreamWriter:
        """The way into the archive of one stream; always the same one."""
        writer = self._writers.get(key)
        if writer is None:
            writer = StreamWriter(key, self, self._buffer_bytes)
            writer.home = self._recovered_home(key)
            found = self._open_gap(key)
            if found is not None:
                writer.gaps.adopt(*found)
            self._writers[key] = writer
        return writer

    def volume_states(self) -> dict[str, str]:
        """Volume UUID to "ok" or why it takes no footage.

        `volume_full`, `volume_missing`, `wrong_volume`, `volume_read_only`, `volume_failed`, `volume_damaged`,
        `not_recovered`, or an `index_…` code.
        """
        return {name: thread.state for name, thread in self._threads.items()}

    def is_empty(self) -> bool:
        """Whether nobody ever recorded here: every volume could be read and held no footage, and none was there before.

        Volumes that are all new say nothing when others were there: empty disks in the place of full ones.
        """
        return not self._had_others and all(
            thread.state == OK and not any(found.taken for found in thread.recovered.values())
            for thread in self._threads.values()
        )

    def volume_for(self, writer: StreamWriter) -> VolumeThread | None:
        """See `stream_writer.Volumes`."""
        if writer.home is not None and writer.home.state == OK:
            return writer.home
        candidates = [
            Candidate(name, thread.free_bytes, self._bytes_per_s(thread))
            for name, thread in self._threads.items()
            if thread.state == OK
        ]
        name = choose(candidates)
        return None if name is None else self._threads[name]

    def volume_for_gap(self, writer: StreamWriter) -> VolumeThread:
        """See `stream_writer.Volumes`."""
        found = self.volume_for(writer) or writer.home
        return found or next(iter(self._threads.values()))

    def recovered_spans(self, stream: StreamKey) -> list[Span]:
        """See `stream_writer.Volumes`."""
        found = (thread.recovered.get(stream) for thread in self._threads.values())
        return [span for recovered in found if recovered for span in recovered.taken]

    def recovered_end_us(self, stream: StreamKey) -> int:
        """See `stream_writer.Volumes`."""
        found = (thread.recovered.get(stream) for thread in self._threads.values())
        return max((recovered.past_end_us for recovered in found if recovered), default=0)

    def why_none(self, writer: StreamWriter) -> str:
        """See `stream_writer.Volumes`."""
        if writer.home is not None:
            return writer.home.state
        return next((thread.state for thread in self._threads.values() if thread.state != OK), NO_VOLUME)

    def _bytes_per_s(self, thread: VolumeThread) -> float:
        return sum(writer.bytes_per_s for writer in self._writers.values() if writer.home is thread)

    def _open_gap(self, key: StreamKey) -> tuple[Gap, VolumeThread] | None:
        """The gap that goes on, with its volume; one that footage followed (on a volume that was away) is over."""
        end_us = self.recovered_end_us(key)
        found = [(thread.open_gaps[key], thread) for thread in self._threads.values() if key in thread.open_gaps]
        going_on = [(gap, thread) for gap, thread in found if end_us <= gap.start_us <= self._clock.now_us()]
        return max(going_on, key=lambda pair: pair[0].start_us, default=None)

    def _recovered_home(self, key: StreamKey) -> VolumeThread | None:
        homes = [thread for thread in self._threads.values() if key in thread.recovered]
        return max(homes, key=lambda thread: thread.recovered[key].past_end_us, default=None)
