"""From what recorders say to alarms about them and their cameras."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vms.cameras.status import CameraState, CameraStatus
from vms.kernel.clock import Clock
from vms.operations.alarms import AlarmCode, Severity
from vms.operations.health_rules import (
    ABSENT,
    OFFLINE_AFTER_US,
    ShardAnswer,
    WatchedCamera,
    read_clock,
    read_loss,
    read_offline,
    read_recorder,
    read_storage,
    read_switch,
)
from vms.operations.hysteresis import Changes, Hysteresis
from vms.operations.loss_window import LossWindow
from vms.operations.reading import Key, Reading

MAIN_STREAM = "main"
SILENT = "silent"  # the line stands, no pictures come

Said = tuple[CameraStatus, int]  # a camera's status with the recorder's own time


class HealthWatch:
    """Looks again and again; remembers only what one look cannot tell. Not safe for threads.

    While a shard is away its cameras are not judged: one alarm says it for all of them.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._hysteresis = Hysteresis()
        self._waiting_since_us: dict[str, int] = {}  # cameras that delivered nothing yet, by boot time
        self._reasons: dict[str, str] = {}  # between two tries the recorder has none to tell
        self._losses: dict[str, LossWindow] = {}

    def look(
        self,
        answers: Sequence[ShardAnswer],
        cameras: Sequence[WatchedCamera],
        open_now: Mapping[Key, tuple[Severity, str]],
    ) -> Changes:
        """What to raise, renew or clear. `open_now`: all open alarms of `HEALTH_CODES`."""
        at_us = self._clock.boottime_us()
        self._forget({camera.camera_id for camera in cameras})
        said = _main_streams(answers)
        all_answered = all(answer.status is not None for answer in answers)
        readings = [read_recorder(answer) for answer in answers]
        for camera in cameras:
            readings += self._read(camera, said.get(camera.camera_id), at_us, all_answered=all_answered)
        return self._hysteresis.settle(readings, open_now, at_us)

    def _read(self, camera: WatchedCamera, said: Said | None, at_us: int, *, all_answered: bool) -> Iterator[Reading]:
        if said is None:
            quiet_us = self._waiting_us(camera.camera_id, at_us) if all_answered else None
            yield read_offline(camera, quiet_us, ABSENT)
            yield from _untold(camera)
            return
        status, now_us = said
        window = self._losses.setdefault(camera.camera_id, LossWindow())
        window.add(status, at_us)
        quiet_us = self._quiet_us(status, now_us, at_us)
        yield read_offline(camera, quiet_us, self._reason(status))
        yield read_storage(camera, status, now_us)
        yield read_switch(camera, status)
        yield read_loss(camera, window.loss())
        comes = quiet_us is not None and quiet_us < OFFLINE_AFTER_US
        yield read_clock(camera, status.clock_offset_us if comes else None)

    def _quiet_us(self, status: CameraStatus, now_us: int, at_us: int) -> int | None:
        if status.last_picture_us is None:
            return self._waiting_us(status.camera_id, at_us)
        self._waiting_since_us.pop(status.camera_id, None)
        return max(0, now_us - status.last_picture_us)

    def _waiting_us(self, camera_id: str, at_us: int) -> int | None:
        """How long nothing came of a camera that never delivered; None until that means something."""
        waited_us = at_us - self._waiting_since_us.setdefault(camera_id, at_us)
        return waited_us if waited_us >= OFFLINE_AFTER_US else None

    def _reason(self, status: CameraStatus) -> str:
        if status.state is CameraState.WAITING and status.detail:
            self._reasons[status.camera_id] = status.detail
        elif status.state not in {CameraState.WAITING, CameraState.CONNECTING}:
            self._reasons[status.camera_id] = SILENT
        return self._reasons.get(status.camera_id, "")

    def _forget(self, known: set[str]) -> None:
        for memory in (self._waiting_since_us, self._reasons, self._losses):
            for camera_id in [camera_id for camera_id in memory if camera_id not in known]:
                del memory[camera_id]


def _main_streams(answers: Iterable[ShardAnswer]) -> dict[str, Said]:
    return {
        row.camera_id: (row, answer.status.now_us)
        for answer in answers
        if answer.status is not None
        for row in answer.status.cameras
        if row.stream == MAIN_STREAM
    }


def _untold(camera: WatchedCamera) -> Iterator[Reading]:
    """What cannot be told of a camera no recorder speaks of."""
    yield read_loss(camera, None)
    yield read_clock(camera, None)
    yield Reading(AlarmCode.NO_STORAGE, camera.camera_id, None)
    yield Reading(AlarmCode.NOT_RECORDED, camera.camera_id, None)
