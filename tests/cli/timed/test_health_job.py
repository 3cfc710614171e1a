"""The job with real sockets and a real control database."""

import asyncio
import logging
import threading
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import select

from recorder.tap_server import TapServer
from vms.audit.entry import Actor
from vms.cameras.central import record_centrally
from vms.cameras.model import Camera
from vms.cameras.queries import cameras
from vms.cameras.service import CameraChange, NewCamera, change, register
from vms.cameras.status import CameraState, CameraStatus, RecorderStatus
from vms.cli.settings.node import DataPaths, load_settings
from vms.cli.timed.health import HealthJob
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.operations.alarms import open_alarms
from vms.operations.model import Alarm

pytestmark = pytest.mark.sockets
CAMERAS = 300


class _NoChannels:
    def open_channel(self, key):
        return None

    def reader_left(self, key):
        return None


class House:
    """A data folder with many cameras, and a recorder's socket that says what it is told to."""

    def __init__(self, root):
        self.paths = DataPaths(root)
        self.paths.run.mkdir()
        self.clock = ManualClock()
        self.database = Database.at(self.paths.database, busy_timeout_s=0.2)
        upgrade(self.database.engine)
        self.box = SecretBox.at(self.paths.secret_key)
        with self.database.writing() as session:
            for number in range(1, CAMERAS + 1):
                new = NewCamera(name=f"K{number}", main_address="rtsp://u:secret@10.0.0.7/1", site="Merkez")
                register(session, new, self.box, self.clock)
            self.ids = [str(camera.id) for camera in cameras(session)]
        self.state, self.detail, self.quiet_since_us = CameraState.RECORDING, "", None
        self.job = self.new_job()

    def new_job(self) -> HealthJob:
        return HealthJob(load_settings(self.paths, {}), self.paths, self.clock, self.database)

    def stop_all(self, detail: str) -> None:
        self.state, self.detail, self.quiet_since_us = CameraState.WAITING, detail, self.clock.now_us()

    def status(self):
        now_us = self.clock.now_us()
        last_us = now_us if self.quiet_since_us is None else self.quiet_since_us
        rows = [
            CameraStatus(one, at, f"K{at}", "main", self.state, self.detail, last_picture_us=last_us)
            for at, one in enumerate(self.ids, 1)
        ]
        return RecorderStatus(0, 1, 0, now_us, 1.0, 1, rows).to_json()

    @contextmanager
    def recorder(self):
        """The tap, served from a thread."""
        loop, ready = asyncio.new_event_loop(), threading.Event()
        server = TapServer(self.paths.recorder_socket(0), _NoChannels(), self.status)

        def serve():
            loop.run_until_complete(server.start())
            ready.set()
            loop.run_forever()
            loop.run_until_complete(server.stop())
            loop.close()

        thread = threading.Thread(target=serve)
        thread.start()
        assert ready.wait(10)
        try:
            yield
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
        assert not thread.is_alive()

    def run(self, times: int = 1) -> list[tuple[str, str]]:
        for _ in range(times):
            self.job.run()
            self.clock.advance(30)
        with self.database.reading() as session:
            return [(alarm.code, alarm.detail) for alarm in open_alarms(session)]


@pytest.fixture
def house(tmp_path, set_up):
    house = House(tmp_path)
    yield house
    house.database.close()


@pytest.mark.proves("D-6.1")
def test_three_hundred_cameras_go_and_come_back(house, caplog):
    caplog.set_level(logging.INFO, "vms.cli.timed.health")
    with house.recorder():
        assert house.run(2) == []
        house.stop_all("no_route")
        assert house.run(2) == []
        assert house.run() == [("camera_offline", "no_route")] * CAMERAS
        assert house.run(3) == [("camera_offline", "no_route")] * CAMERAS
        house.state, house.detail, house.quiet_since_us = CameraState.RECORDING, "", None
        assert len(house.run(2)) == CAMERAS
        assert house.run() == []
    assert [record.getMessage() for record in caplog.records] == [
        "alarm camera_offline raised for 300 (no_route)",
        "alarm camera_offline is over for 300",
    ]
    assert "10.0.0.7" not in caplog.text
    with house.database.reading() as session:
        assert len(list(session.scalars(select(Alarm)))) == CAMERAS  # history: one each, not one for every look


@pytest.mark.proves("D-6.1")
def test_a_recorder_that_is_gone(house):
    assert house.run(2) == []
    assert house.run() == [("recorder_away", "no_socket")]
    house.job = house.new_job()  # the jobs process was started anew
    assert house.run() == [("recorder_away", "no_socket")]
    with house.recorder():
        assert house.run(2) == [("recorder_away", "no_socket")]
        assert house.run() == []


def test_a_camera_switched_off_takes_its_alarm_with_it(house):
    with house.recorder():
        house.stop_all("refused")
        assert len(house.run(3)) == CAMERAS
        with house.database.writing() as session:
            for camera in cameras(session)[1:]:
                change(session, camera, CameraChange(is_enabled=False), house.box, house.clock)
        assert house.run() == [("camera_offline", "refused")]


def test_without_the_control_database_it_says_so_and_catches_up(house):
    with house.recorder():
        house.stop_all("refused")
        house.database.close()
        away = house.paths.database.with_name("away.db")
        house.paths.database.rename(away)
        with pytest.raises(VmsError, match="database_unavailable"):
            house.job.run()
        away.rename(house.paths.database)
        house.clock.advance(90)
        assert len(house.run()) == CAMERAS


@pytest.mark.proves("D-12.4b")
def test_a_camera_that_is_recorded_centrally_is_missed_like_any_other_until_it_ends(house):
    """Its own switch is off: what is missed is critical while the order is current, a warning behind it."""

    def severities():
        house.run()
        with house.database.reading() as session:
            return {(alarm.code, alarm.severity) for alarm in open_alarms(session) if alarm.subject == house.ids[0]}

    def turn(**wanted):
        with house.database.writing() as session:
            camera = session.get_one(Camera, UUID(house.ids[0]))
            change(session, camera, CameraChange(**wanted), house.box, house.clock)

    turn(is_recorded=False)
    house.state = CameraState.LIVE_ONLY
    with house.recorder():
        assert [severities() for _ in range(3)][-1] == set()
        with house.database.writing() as session:
            camera, until_us = session.get_one(Camera, UUID(house.ids[0])), house.clock.now_us() + 3600 * 1_000_000
            record_centrally(session, house.clock, camera, until_us, "Şenlik", by=Actor(None, "Usta"))
        assert [severities() for _ in range(3)][-1] == {("not_recorded", "critical")}
        house.stop_all("no_route")
        assert [severities() for _ in range(4)][-1] >= {("camera_offline", "critical")}
        turn(is_enabled=False)
        assert ("camera_offline", "critical") in severities()
        turn(is_enabled=True)
        house.clock.advance(3600)
        assert severities() == {("camera_offline", "warning")}
