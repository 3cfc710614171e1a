"""Everything a recorder writes, spread over the volumes."""

import logging
from collections import deque
from collections.abc import Sequence
from uuid import UUID

from vms.archive.journal import GapTold
from vms.archive.model import Gap, StreamKey
from vms.archive.recovery import RecoveryReport
from vms.archive.spread import Candidate, choose
from vms.archive.steps import OnStep, no_step
from vms.archive.stream_writer import NO_VOLUME, StreamWriter
from vms.archive.volume import Volume
from vms.archive.volume_state import OK
from vms.archive.volume_thread import VolumeThread
from vms.kernel.clock import US_PER_SECOND, Clock

log = logging.getLogger(__name__)

SYNC_INTERVAL_US = 5 * US_PER_SECOND
BUFFER_BYTES = 128 << 20  # for each volume: ten seconds of 25 cameras at 4 Mbit/s
_HELD_GAPS = 20_000


class ArchiveWriter:
    """One thread for each volume, one `StreamWriter` for each stream.

    `recover`, `start`, `stop` block and belong outside the event loop; `stream` and what it returns belong inside.
    A stream stays on its volume while that is healthy; otherwise its next segment goes where most room is left.
    """

    def __init__(
        self, volumes: Sequence[Volume], clock: Clock, *, sync_interval_us: int = SYNC_INTERVAL_US,
        buffer_bytes: int = BUFFER_BYTES, on_step: OnStep = no_step,
    ) -> None:  # fmt: skip
        held_gaps: deque[GapTold] = deque(maxlen=_HELD_GAPS)
        self._threads = {
            str(volume.uuid): VolumeThread(volume, clock, sync_interval_us, held_gaps, on_step) for volume in volumes
        }
        self._buffer_bytes = buffer_bytes
        self._writers: dict[StreamKey, StreamWriter] = {}

    def recover(self) -> dict[UUID, RecoveryReport]:
        """Bring every volume up, before `start`: finish what a crash interrupted. One that fails is retried later."""
        return {thread.volume.uuid: thread.recover() for thread in self._threads.values()}

    def start(self) -> None:
        """Begin to write."""
        for thread in self._threads.values():
            thread.start()

    def stop(self) -> None:
        """Write what was handed over, close all segments, end the threads. Blocks until it is done."""
        for thread in self._threads.values():
            thread.stop()

    def stream(self, key: StreamKey) -> StreamWriter:
        """The way into the archive of one stream; always the same one."""
        writer = self._writers.get(key)
        if writer is None:
            writer = StreamWriter(key, self, self._buffer_bytes, self._open_gap(key))
            writer.home = self._recovered_home(key)
            self._writers[key] = writer
        return writer

    def volume_states(self) -> dict[str, str]:
        """Volume UUID to "ok" or why it takes no footage.

        `volume_full`, `volume_missing`, `wrong_volume`, `volume_read_only`, `volume_failed`, `volume_damaged`,
        `not_recovered`, or an `index_…` code.
        """
        return {name: thread.state for name, thread in self._threads.items()}

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

    def recovered_end_us(self, stream: StreamKey) -> int:
        """See `stream_writer.Volumes`."""
        return max((thread.ends.get(stream, 0) for thread in self._threads.values()), default=0)

    def why_none(self, writer: StreamWriter) -> str:
        """See `stream_writer.Volumes`."""
        if writer.home is not None:
            return writer.home.state
        return next((thread.state for thread in self._threads.values() if thread.state != OK), NO_VOLUME)

    def _bytes_per_s(self, thread: VolumeThread) -> float:
        return sum(writer.bytes_per_s for writer in self._writers.values() if writer.home is thread)

    def _open_gap(self, key: StreamKey) -> Gap | None:
        gaps = [thread.open_gaps[key] for thread in self._threads.values() if key in thread.open_gaps]
        return max(gaps, key=lambda gap: gap.start_us, default=None)

    def _recovered_home(self, key: StreamKey) -> VolumeThread | None:
        homes = [thread for thread in self._threads.values() if key in thread.ends]
        return max(homes, key=lambda thread: thread.ends[key], default=None)
