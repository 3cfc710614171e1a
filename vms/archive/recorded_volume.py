"""The thread of a volume that remembers which time its footage takes."""

from collections import deque

from vms.archive.journal import GapTold
from vms.archive.model import StreamKey
from vms.archive.recovery import RecoveryReport
from vms.archive.steps import OnStep
from vms.archive.stream_state import Recovered, load_recovered
from vms.archive.volume import Volume
from vms.archive.volume_thread import VolumeThread
from vms.kernel.clock import Clock
from vms.kernel.span import union


class RecordedVolume(VolumeThread):
    """`recovered` is what recovery found of each stream; replaced as a whole, read by the event loop.

    What an earlier recovery found stays taken: an index that was begun anew knows only the newest file of a stream.
    """

    def __init__(
        self, volume: Volume, clock: Clock, sync_interval_us: int, held_gaps: deque[GapTold], on_step: OnStep
    ) -> None:
        super().__init__(volume, clock, sync_interval_us, held_gaps, on_step)
        self.recovered: dict[StreamKey, Recovered] = {}

    def _recover_once(self) -> RecoveryReport:
        report = super()._recover_once()
        with self._index.read() as connection:
            found = load_recovered(connection, self._clock.now_us())
        before = self.recovered
        self.recovered = before | {
            stream: Recovered(tuple(union([*before[stream].taken, *one.taken])), one.past_end_us)
            if stream in before
            else one
            for stream, one in found.items()
        }
        return report
