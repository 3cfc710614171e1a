"""Recorders' words in, alarms out: half a minute a look, as the job does it."""

from dataclasses import replace
from uuid import UUID

import pytest

from vms.cameras.status import CameraState, CameraStatus, RecorderStatus
from vms.kernel.clock import ManualClock
from vms.operations.alarms import AlarmCode, Severity
from vms.operations.health_rules import ShardAnswer, WatchedCamera
from vms.operations.health_watch import HealthWatch

S = 1_000_000
PACKETS_EACH = 10_700  # of half a minute at 4 Mbit/s
RECORDING, WAITING, CONNECTING = CameraState.RECORDING, CameraState.WAITING, CameraState.CONNECTING


def camera_id(number: int) -> str:
    return str(UUID(int=number))


class Node:
    """A recorder with cameras that do what a test says, and the alarms as a database would keep them."""

    def __init__(self, cameras: int = 1, *, must_record: bool = True):
        self.clock = ManualClock()
        self.watched = [WatchedCamera(camera_id(number), must_record) for number in range(cameras)]
        state = RECORDING if must_record else CameraState.LIVE_ONLY
        self.rows = {
            camera_id(number): CameraStatus(
                camera_id(number), number, f"K{number}", "main", state, frames_per_s=25.0, bits_per_s=4e6,
                last_picture_us=self.clock.now_us(),
            )
            for number in range(cameras)
        }  # fmt: skip
        self.coming = set(self.rows)
        self.away = ""
        self.open = {}
        self.history = []
        self.watch = HealthWatch(self.clock)

    def tell(self, number: int = 0, **changes) -> None:
        changes.setdefault("since_us", self.clock.now_us())
        self.rows[camera_id(number)] = replace(self.rows[camera_id(number)], **changes)

    def stop(self, number: int = 0, state=WAITING, detail="timeout") -> None:
        self.coming.discard(camera_id(number))
        self.tell(number, state=state, detail=detail, frames_per_s=0.0, bits_per_s=0.0)

    def start(self, number: int = 0) -> None:
        self.coming.add(camera_id(number))
        self.tell(number, state=RECORDING, detail="", frames_per_s=25.0, bits_per_s=4e6)

    def look(self, times: int = 1, lost_each: int = 0) -> set[tuple[str, str]]:
        """Look, then let half a minute pass, again and again; returns what is open after the last look."""
        for _ in range(times):
            now_us = self.clock.now_us()
            for one in self.coming & set(self.rows):
                row = self.rows[one]
                self.rows[one] = replace(
                    row,
                    last_picture_us=now_us,
                    access_units=row.access_units + 750,
                    packets=row.packets + PACKETS_EACH,
                    lost_packets=row.lost_packets + lost_each,
                )
            status = RecorderStatus(0, 1, 0, now_us, 1.0, 1, list(self.rows.values()))
            answer = ShardAnswer("recorder-0", None if self.away else status, self.away)
            changes = self.watch.look([answer], self.watched, self.open)
            self._keep(changes)
            self.clock.advance(30)
        return {(code.value, detail) for (code, _), (_, detail) in self.open.items()}

    def _keep(self, changes) -> None:
        for reading in (*changes.raised, *changes.renewed):
            self.open[reading.key] = (reading.severity, reading.detail)
        for key in changes.cleared:
            del self.open[key]
        self.history += [f"+{reading.code.value}" for reading in changes.raised]
        self.history += [f"-{code.value}" for code, _ in changes.cleared]


def test_a_node_that_is_well_has_no_alarms():
    node = Node(3)
    assert node.look(30) == set()
    assert node.history == []


@pytest.mark.proves("D-6.1")
def test_a_camera_without_pictures_for_a_minute_with_the_recorders_reason():
    node = Node()
    node.look(2)
    node.stop(detail="wrong_password")
    assert node.look(1) == set()  # half a minute
    assert node.look(1) == {("camera_offline", "wrong_password")}
    node.start()
    assert node.look(2) == {("camera_offline", "wrong_password")}
    assert node.look(1) == set()
    assert node.history == ["+camera_offline", "-camera_offline"]


def test_the_reason_outlives_the_next_try():
    node = Node()
    node.look(1)
    node.stop(detail="refused")
    node.look(2)
    node.tell(state=CONNECTING, detail="")
    assert node.look(5) == {("camera_offline", "refused")}
    node.tell(state=WAITING, detail="no_route")
    assert node.look(1) == {("camera_offline", "no_route")}
    assert node.history == ["+camera_offline"]


def test_a_line_that_stands_without_pictures_is_silent():
    node = Node()
    node.look(1)
    node.stop(state=RECORDING, detail="")
    assert node.look(3) == {("camera_offline", "silent")}


def test_a_camera_that_never_delivered_has_a_minute_too():
    node = Node()
    node.stop(detail="no_route")
    node.tell(last_picture_us=None, state=WAITING, detail="no_route")
    assert node.look(2) == set()
    assert node.look(1) == {("camera_offline", "no_route")}


def test_a_recorder_that_starts_anew_makes_no_false_alarm():
    node = Node()
    node.stop(detail="no_route")
    node.tell(last_picture_us=None)
    node.look(3)
    node.start()
    node.look(10)
    assert node.open == {}
    node.coming.clear()
    node.tell(state=CONNECTING, last_picture_us=None, access_units=0)  # the new process has seen no picture yet
    assert node.look(1) == set()
    node.start()
    assert node.look(10) == set()


def test_a_new_jobs_process_keeps_what_is_open_and_catches_up():
    node = Node()
    node.look(1)
    node.stop(detail="busy")
    node.look(3)
    node.watch = HealthWatch(node.clock)
    assert node.look(4) == {("camera_offline", "busy")}
    assert node.history == ["+camera_offline"]
    other = Node()
    other.stop(detail="busy")
    other.clock.advance(3600)  # nobody looked for an hour
    assert other.look(1) == {("camera_offline", "busy")}


def test_a_city_view_camera_is_watched_too_but_no_footage_is_lost():
    node = Node(must_record=False)
    node.look(1)
    node.stop()
    node.look(3)
    ((_, (severity, _)),) = node.open.items()
    assert severity is Severity.WARNING


@pytest.mark.proves("D-12.4b")
def test_a_camera_that_must_record_but_is_live_only_at_the_recorder():
    """Its switch was turned or somebody ordered it, and the recorder was not told."""
    node = Node()
    node.tell(state=CameraState.LIVE_ONLY)
    assert node.look(1) == set()
    assert node.look(1) == {("not_recorded", "")}
    ((_, (severity, _)),) = node.open.items()
    assert severity is Severity.CRITICAL
    node.start()
    assert node.look(3) == set()
    assert Node(must_record=False).look(5) == set()


def test_a_camera_no_recorder_carries():
    node = Node(2)
    node.look(1)
    del node.rows[camera_id(1)]
    assert node.look(2) == set()
    assert node.look(1) == {("camera_offline", "absent")}


@pytest.mark.proves("D-6.1")
def test_a_recorder_that_is_away_is_one_alarm_and_its_cameras_none():
    node = Node(300)
    node.look(2)
    node.away = "timeout"
    assert node.look(2) == set()
    assert node.look(1) == {("recorder_away", "timeout")}
    assert node.look(20) == {("recorder_away", "timeout")}
    node.away = ""
    assert node.look(3) == set()
    assert node.history == ["+recorder_away", "-recorder_away"]


def test_a_camera_that_was_offline_before_its_recorder_stays_so():
    node = Node()
    node.look(1)
    node.stop()
    node.look(3)
    node.away = "refused"
    assert node.look(4) == {("camera_offline", "timeout"), ("recorder_away", "refused")}


@pytest.mark.proves("D-6.1", "D-9.1c")
def test_pictures_that_no_volume_takes():
    node = Node()
    node.look(1)
    node.tell(state=CameraState.NO_STORAGE, detail="volume_full")
    assert node.look(1) == set()
    assert node.look(1) == {("no_storage", "volume_full")}
    node.tell(state=RECORDING, detail="")
    assert node.look(3) == set()
    assert node.history == ["+no_storage", "-no_storage"]


@pytest.mark.proves("D-6.1")
def test_packet_loss_over_five_minutes():
    node = Node()
    assert node.look(12, lost_each=round(PACKETS_EACH * 0.0099)) == set()
    ((code, detail),) = node.look(14, lost_each=round(PACKETS_EACH * 0.03))
    assert (code, detail) == ("packet_loss", "2.9")  # 3 % of what came is 2.9 % of what was sent
    assert {code for code, _ in node.look(14, lost_each=round(PACKETS_EACH * 0.007))} == {"packet_loss"}
    assert node.look(14) == set()


def test_a_few_packets_of_a_slow_camera_are_no_alarm():
    node = Node()
    node.tell(frames_per_s=25.0, bits_per_s=1000.0)
    assert node.look(5) == set()
    node.tell(lost_packets=9)
    assert node.look(20) == set()


@pytest.mark.proves("D-6.1")
def test_a_camera_clock_that_stays_wrong():
    node = Node()
    node.tell(clock_offset_us=-3_600 * S)
    assert node.look(20) == set()  # nine and a half minutes
    assert node.look(1) == {("clock_offset", "-3600")}
    node.tell(clock_offset_us=45 * S)
    assert node.look(5) == {("clock_offset", "-3600")}  # better, not well
    node.tell(clock_offset_us=2 * S)
    assert node.look(3) == set()


def test_the_clock_of_a_camera_that_is_away_is_not_judged():
    node = Node()
    node.tell(clock_offset_us=3_600 * S)
    node.look(4)
    node.stop()
    assert node.look(40) == {("camera_offline", "timeout")}


def test_a_camera_that_is_switched_off_or_retired_has_no_alarms():
    node = Node(2)
    node.look(1)
    node.stop(0)
    node.stop(1)
    assert len(node.look(3)) == 1
    assert len(node.open) == 2
    node.watched = node.watched[:1]
    node.look(1)
    assert list(node.open) == [(AlarmCode.CAMERA_OFFLINE, camera_id(0))]
