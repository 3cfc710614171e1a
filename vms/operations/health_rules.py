"""What counts as a fault of a recorder or of a camera."""

from dataclasses import dataclass

from vms.cameras.status import CameraState, CameraStatus, RecorderStatus
from vms.kernel.clock import US_PER_SECOND
from vms.operations.alarms import AlarmCode, Severity
from vms.operations.reading import Reading

# A restart of the recorder takes some ten seconds; a supervisor that starts it over and over never gets past a minute.
RECORDER_AWAY_AFTER_US = 60 * US_PER_SECOND
# A camera reboots in about 40 s: what is back within a minute needs nobody. Proposed by the requirements' D-6.1.
OFFLINE_AFTER_US = 60 * US_PER_SECOND
# A volume that fails hands over to another at the next key frame; what lasts longer loses footage.
NO_STORAGE_AFTER_US = 15 * US_PER_SECOND
# The recorder is told within three seconds, takes it up within five, and waits for the camera's next key frame.
NOT_RECORDED_AFTER_US = 30 * US_PER_SECOND
# One packet in a hundred breaks about one picture in ten at 4 Mbit/s: people see it. Half of that ends the alarm.
LOSS_BAD, LOSS_GOOD = 0.01, 0.005
# Some packets of a small stream are no fault of the line.
LOSS_AT_LEAST_PACKETS = 10
# Below a minute nobody is led astray by the time the camera paints into its picture. Half of that ends the alarm.
CLOCK_BAD_US, CLOCK_GOOD_US = 60 * US_PER_SECOND, 30 * US_PER_SECOND
# A camera asks its time server every few minutes; what it corrects by itself needs nobody.
CLOCK_OFF_AFTER_US = 600 * US_PER_SECOND
# A camera that comes for a moment and goes again is one alarm, not ten.
CLEAR_AFTER_US = 60 * US_PER_SECOND

RAISE_AFTER_US = {
    AlarmCode.RECORDER_AWAY: RECORDER_AWAY_AFTER_US,
    AlarmCode.CLOCK_OFFSET: CLOCK_OFF_AFTER_US,
    AlarmCode.NOT_RECORDED: NOT_RECORDED_AFTER_US,
}  # the others carry their waiting time in what is read

ABSENT = "absent"  # no recorder carries the camera


@dataclass(frozen=True, slots=True)
class ShardAnswer:
    """One recorder shard: its status, or in a word why it gives none."""

    name: str
    status: RecorderStatus | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WatchedCamera:
    """A camera that is switched on. `must_record` False: live only."""

    camera_id: str
    must_record: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """Packets of the last minutes."""

    lost: int
    received: int

    @property
    def share(self) -> float:
        """Of what the camera sent."""
        sent = self.lost + self.received
        return self.lost / sent if sent else 0.0


def read_recorder(answer: ShardAnswer) -> Reading:
    """A shard that does not answer."""
    is_away = answer.status is None
    return Reading(AlarmCode.RECORDER_AWAY, answer.name, is_away, Severity.CRITICAL, answer.reason)


def read_offline(camera: WatchedCamera, quiet_us: int | None, reason: str) -> Reading:
    """A camera without pictures for `quiet_us`; None when nobody knows how long."""
    severity = Severity.CRITICAL if camera.must_record else Severity.WARNING
    is_bad = None if quiet_us is None else quiet_us >= OFFLINE_AFTER_US
    return Reading(AlarmCode.CAMERA_OFFLINE, camera.camera_id, is_bad, severity, reason)


def read_storage(camera: WatchedCamera, status: CameraStatus, now_us: int) -> Reading:
    """Pictures that reach no disk. `now_us`: the recorder's own time."""
    is_bad: bool | None = None
    if not camera.must_record or status.state is CameraState.RECORDING:
        is_bad = False
    elif status.state is CameraState.NO_STORAGE and now_us - status.since_us >= NO_STORAGE_AFTER_US:
        is_bad = True
    return Reading(AlarmCode.NO_STORAGE, camera.camera_id, is_bad, Severity.CRITICAL, status.detail)


def read_switch(camera: WatchedCamera, status: CameraStatus) -> Reading:
    """A camera that must record, of which the recorder was not told so: its switch, or a central recording."""
    is_bad = camera.must_record and status.state is CameraState.LIVE_ONLY
    return Reading(AlarmCode.NOT_RECORDED, camera.camera_id, is_bad, Severity.CRITICAL)


def read_loss(camera: WatchedCamera, loss: Loss | None) -> Reading:
    """Packets that never came; None before there is a whole window."""
    is_bad, detail = None, ""
    if loss is not None:
        detail = f"{loss.share * 100:.1f}"
        if loss.share > LOSS_BAD and loss.lost >= LOSS_AT_LEAST_PACKETS:
            is_bad = True
        elif loss.share <= LOSS_GOOD or loss.lost < LOSS_AT_LEAST_PACKETS:
            is_bad = False
    return Reading(AlarmCode.PACKET_LOSS, camera.camera_id, is_bad, Severity.WARNING, detail)


def read_clock(camera: WatchedCamera, offset_us: int | None) -> Reading:
    """A camera whose clock is wrong; None when it does not tell its time."""
    is_bad, detail = None, ""
    if offset_us is not None:
        detail = str(round(offset_us / US_PER_SECOND))
        if abs(offset_us) > CLOCK_BAD_US:
            is_bad = True
        elif abs(offset_us) <= CLOCK_GOOD_US:
            is_bad = False
    return Reading(AlarmCode.CLOCK_OFFSET, camera.camera_id, is_bad, Severity.WARNING, detail)
