"""A node that stands still: the port of the web process filled with plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from streams.hub import LiveHub
from vms.archive.archive import Archive
from vms.archive.coverage import Coverage
from vms.archive.model import Cause, Gap
from vms.cameras.status import CameraState, CameraStatus, RecorderStatus
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock
from vms.kernel.database import Database
from vms.kernel.span import Span
from web.backends import Parts
from web.facts import (
    AlarmFacts,
    CameraFootage,
    RecorderReport,
    RegisteredCamera,
    Severity,
    SweepFacts,
    VolumeFacts,
)

MINUTE_US = 60 * US_PER_SECOND
NOW_US = 1_795_259_130 * US_PER_SECOND  # 2026-11-21T14:05:30 in Istanbul


NOWHERE = Path("/nonexistent")


def no_parts() -> Parts:
    """No control database, no volume, no recorder, no console: what the machine's own pages must live with."""
    hub = LiveHub(lambda _: NOWHERE / "recorder-0.sock", ManualClock(NOW_US))
    return Parts(Database.at(NOWHERE / "nazar.db"), lambda: Archive([]), hub, NOWHERE / "console")


def camera_id(number: int) -> str:
    return str(UUID(int=number))


def camera(number: int, name: str, **changes: object) -> RegisteredCamera:
    values = {"commissioned_us": NOW_US - 40 * US_PER_DAY, "retention_days": 21} | changes
    return RegisteredCamera(camera_id(number), number, name, **values)


def status(number: int, state: CameraState = CameraState.RECORDING, **changes: object) -> CameraStatus:
    values = {
        "stream": "main", "codec": "h264", "width": 1920, "height": 1080, "frames_per_s": 25.0,
        "bits_per_s": 4_012_345.0,
        "last_picture_us": NOW_US - 40_000, "recorded_until_us": NOW_US - US_PER_SECOND, "clock_offset_us": 420_000,
        "access_units": 90_000, "lost_packets": 3, "reconnects": 1,
    }  # fmt: skip
    return CameraStatus(camera_id(number), number, f"Kamera {number}", state=state, **(values | changes))


def recorder(*cameras: CameraStatus, volumes: dict[str, str] | None = None) -> RecorderReport:
    told = RecorderStatus(0, 1, NOW_US - 7_500 * US_PER_SECOND, NOW_US, 183.4, 61_000_000, list(cameras), volumes or {})
    return RecorderReport("recorder-0", told)


def footage(*gaps: Gap, oldest_days: float = 21.0) -> CameraFootage:
    day = Span(NOW_US - US_PER_DAY, NOW_US)
    recordings, at_us = [], day.start_us
    for gap in sorted(gaps, key=lambda one: one.start_us):
        recordings.append(Span(at_us, gap.start_us))
        at_us = gap.end_us or NOW_US
    if at_us < NOW_US:
        recordings.append(Span(at_us, NOW_US))
    return CameraFootage(NOW_US - round(oldest_days * US_PER_DAY), recordings, gaps)


def covered(missing_us: dict[Cause, int]) -> Coverage:
    wanted = Span(NOW_US - 20 * US_PER_DAY, NOW_US)
    missing = sum(missing_us.values())
    return Coverage(wanted, wanted.start_us, None, 1 - missing / wanted.duration_us, missing_us, [], not missing)


@dataclass
class StillNode:
    """Answers with its fields; a part named in `broken` raises that error instead."""

    recorder_list: Sequence[RecorderReport] = ()
    camera_list: Sequence[RegisteredCamera] = ()
    volume_list: Sequence[VolumeFacts] = ()
    footage_map: dict[str, CameraFootage] = field(default_factory=dict)
    coverage_map: dict[str, Coverage] = field(default_factory=dict)
    alarm_list: Sequence[AlarmFacts] = ()
    last_sweep: SweepFacts | None = None
    broken: dict[str, Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def _answer(self, part, value):
        self.asked.append(part)
        if part in self.broken:
            raise self.broken[part]
        return value

    def recorders(self):
        return self._answer("recorders", self.recorder_list)

    def cameras(self):
        return self._answer("cameras", self.camera_list)

    def volumes(self):
        return self._answer("volumes", self.volume_list)

    def footage(self, camera_ids, span):
        return self._answer("footage", self.footage_map)

    def coverage(self):
        return self._answer("coverage", self.coverage_map)

    def alarms(self):
        return self._answer("alarms", self.alarm_list)

    def sweep(self):
        return self._answer("sweep", self.last_sweep)


def well() -> StillNode:
    """Four cameras that record, one volume with room."""
    names = ["Işıklar Caddesi", "Meydan Parkı girişi", "Belediye lobisi", "Liman"]
    return StillNode(
        [recorder(*(status(number) for number in range(1, 5)), volumes={"v1": "ok"})],
        [camera(number, name) for number, name in enumerate(names, 1)],
        [VolumeFacts("v1", "arsiv-1", "ok", 8_000_000_000_000, 2_900_000_000_000, 4_980_000_000_000, 164.0)],
        {camera_id(number): footage() for number in range(1, 5)},
        {},
        [],
        SweepFacts(NOW_US - 12 * MINUTE_US, "ok", 1_284, 38_000_000_000),
    )


def troubled() -> StillNode:
    """One camera of each kind of trouble, one volume gone, one filling too soon."""
    node = well()
    node.recorder_list = [
        recorder(
            status(1, codec="h265", width=2560, height=1440, bits_per_s=2_310_000.0, clock_offset_us=-3_700_000),
            status(2, CameraState.WAITING, detail="wrong_password", bits_per_s=0.0,
                   last_picture_us=NOW_US - 80 * MINUTE_US, recorded_until_us=NOW_US - 80 * MINUTE_US),
            status(3, last_picture_us=NOW_US - 25 * US_PER_SECOND, bits_per_s=0.0),
            status(5, CameraState.LIVE_ONLY, recorded_until_us=None),
            volumes={"v1": "ok", "v2": "volume_missing"},
        ),
        RecorderReport("recorder-1", None, "refused"),
    ]  # fmt: skip
    node.camera_list = [*node.camera_list, camera(5, "Boztepe seyir terası", must_record=False)]
    node.volume_list = [
        VolumeFacts("v1", "arsiv-1", "ok", 8_000_000_000_000, 410_000_000_000, 7_400_000_000_000, 4.3, True),
        VolumeFacts("v2", "arsiv-2", "ok"),
    ]
    offline = Gap(NOW_US - 80 * MINUTE_US, None, Cause.CAMERA_OFFLINE, "wrong_password")
    network = Gap(NOW_US - 600 * MINUTE_US, NOW_US - 570 * MINUTE_US, Cause.NETWORK, "timeout")
    short = Gap(NOW_US - 1200 * MINUTE_US, NOW_US - 1200 * MINUTE_US + 41 * US_PER_SECOND, Cause.RECORDER_DOWN)
    node.footage_map = {
        camera_id(1): footage(short, network),
        camera_id(2): footage(short, network, offline),
        camera_id(3): footage(short),
        camera_id(4): footage(Gap(NOW_US - 3 * MINUTE_US, None, Cause.RECORDER_DOWN), oldest_days=12.4),
    }
    node.alarm_list = [
        AlarmFacts("volume_unavailable", Severity.CRITICAL, NOW_US - 95 * MINUTE_US, "arsiv-2", "Mount the disk."),
        AlarmFacts("clock_not_trusted", Severity.CRITICAL, NOW_US - 80 * MINUTE_US),
        AlarmFacts("retention_at_risk", Severity.WARNING, NOW_US - 2 * US_PER_DAY, "arsiv-1"),
    ]
    return node
