import time
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from vms.archive.known_volumes import KnownVolumes
from vms.archive.model import Cause
from vms.audit.entry import Actor
from vms.cameras.central import record_centrally
from vms.cameras.queries import need_camera
from vms.cameras.service import CameraChange, NewCamera, change, register
from vms.cli.node.facts import LocalNode
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.kernel.span import Span
from vms.operations.alarms import AlarmCode, Severity, raise_alarm
from vms.operations.model import Sweep, VolumeForecast

CLOCK = ManualClock()
NOW_US = CLOCK.now_us()
DAY = Span(NOW_US - US_PER_DAY, NOW_US)
HOUR_US = 3600 * US_PER_SECOND


class House:
    """A node's data folder with one volume, one camera."""

    def __init__(self, root):
        self.paths = DataPaths(root)
        self.settings = load_settings(self.paths, {})
        known = KnownVolumes(self.paths.known_volumes)
        (chosen,) = self.settings.volumes_in(self.paths)
        self.volume = known.open(chosen.path, CLOCK)
        self.database = Database.at(self.paths.database)
        upgrade(self.database.engine)
        box = SecretBox.at(self.paths.secret_key)
        new = NewCamera(
            name="Liman", main_address="rtsp://user:pass@10.0.0.7/1", commissioned_us=NOW_US - 30 * US_PER_DAY
        )
        with self.database.writing() as session:
            self.camera_id = register(session, new, box, CLOCK).id

    def node(self) -> LocalNode:
        return LocalNode(self.settings, self.paths, CLOCK)

    def record(self, *spans: tuple[int, int]) -> None:
        with self.volume.index.write() as connection:
            connection.execute(
                "INSERT INTO stream (id, camera_id, name, head_link) VALUES (1, ?, 'main', ?)",
                (str(self.camera_id), bytes(32)),
            )
            connection.execute("INSERT INTO init VALUES (1, ?, x'00', 'avc1', 160, 120)", (bytes(32),))
            connection.executemany(
                "INSERT INTO segment (stream_id, start_us, end_us, sequence, run, init_id, size_bytes, duration_90k,"
                " samples, sha256, link) VALUES (1, ?, ?, ?, ?, 1, 1000, 90000, 25, zeroblob(32), zeroblob(32))",
                [(start_us, end_us, number, number) for number, (start_us, end_us) in enumerate(spans)],
            )


@pytest.fixture
def house(tmp_path, set_up):
    house = House(tmp_path)
    yield house
    house.volume.close()
    house.database.close()


def test_cameras_come_without_addresses(house):
    (camera,) = house.node().cameras()
    assert (camera.number, camera.name, camera.must_record, camera.retention_days) == (1, "Liman", True, 21)
    assert "10.0.0.7" not in repr(camera)


def test_footage_with_gaps_and_causes(house):
    house.record((NOW_US - 25 * US_PER_DAY, NOW_US - 2 * HOUR_US), (NOW_US - HOUR_US, NOW_US))
    with house.volume.index.write() as connection:
        connection.execute(
            "INSERT INTO gap VALUES (1, ?, ?, 'network', 'timeout')", (NOW_US - 2 * HOUR_US, NOW_US - HOUR_US)
        )
    node = house.node()
    node.cameras()
    footage = node.footage([str(house.camera_id)], DAY)[str(house.camera_id)]
    assert footage.oldest_us == NOW_US - 25 * US_PER_DAY
    assert footage.recordings == [Span(DAY.start_us, NOW_US - 2 * HOUR_US), Span(NOW_US - HOUR_US, NOW_US)]
    assert [(gap.cause, gap.detail) for gap in footage.gaps] == [(Cause.NETWORK, "timeout")]


def test_a_camera_of_the_recorder_alone_has_footage_too(house):
    footage = house.node().footage([str(uuid4())], DAY)
    (only,) = footage.values()
    assert only.oldest_us is None
    assert [gap.cause for gap in only.gaps] == [Cause.UNKNOWN]


def test_a_volume_with_its_forecast(house):
    house.record((NOW_US - HOUR_US, NOW_US))
    with house.database.writing() as session:
        session.add(
            VolumeForecast(
                volume_uuid=str(house.volume.uuid), at_us=NOW_US, total_bytes=1, free_bytes=1, footage_bytes=7,
                held_bytes=0, ingest_bytes_per_day=1, days_that_fit=9.5, days_until_full=4.5, is_retention_at_risk=True,
            )
        )  # fmt: skip
    (volume,) = house.node().volumes()
    assert (volume.state, volume.name, volume.uuid) == ("ok", "volumes/main", str(house.volume.uuid))
    assert volume.footage_bytes == 1000
    assert (volume.days_until_full, volume.is_retention_at_risk) == (4.5, True)
    assert volume.total_bytes > volume.free_bytes > 0


def test_without_the_control_database_volumes_and_footage_go_on(house):
    house.record((NOW_US - HOUR_US, NOW_US))
    house.database.close()
    house.paths.database.unlink()
    node = house.node()
    assert [volume.state for volume in node.volumes()] == ["ok"]
    assert node.footage([str(house.camera_id)], DAY)[str(house.camera_id)].oldest_us == NOW_US - HOUR_US
    for part in (node.cameras, node.alarms, node.sweep):
        with pytest.raises(VmsError):
            part()
    assert not house.paths.database.exists()


def test_a_volume_goes_and_comes_back(house):
    house.record((NOW_US - HOUR_US, NOW_US))
    node = house.node()
    assert [volume.state for volume in node.volumes()] == ["ok"]
    place = house.volume.path
    place.rename(place.with_name("away"))
    assert [volume.state for volume in node.volumes()] == ["volume_missing"]
    with pytest.raises(VmsError):
        node.footage([str(house.camera_id)], DAY)
    assert not place.exists()
    place.with_name("away").rename(place)
    assert [volume.state for volume in node.volumes()] == ["ok"]
    assert node.footage([str(house.camera_id)], DAY)[str(house.camera_id)].oldest_us is not None


def test_another_disk_in_the_place_is_told(house, tmp_path):
    node = house.node()
    other = House(tmp_path / "other")
    place = house.volume.path
    place.rename(place.with_name("away"))
    other.volume.path.rename(place)
    assert [volume.state for volume in node.volumes()] == ["wrong_volume"]
    other.volume.close()
    other.database.close()


def test_many_threads_share_no_connection(house):
    from concurrent.futures import ThreadPoolExecutor

    house.record((NOW_US - HOUR_US, NOW_US))
    node = house.node()
    node.cameras()
    before = len(list(Path("/proc/self/fd").iterdir()))
    with ThreadPoolExecutor(8) as pool:
        asked = list(pool.map(lambda _: node.footage([str(house.camera_id)], DAY), range(64)))
    assert all(one == asked[0] for one in asked)
    assert len(list(Path("/proc/self/fd").iterdir())) < before + 8 * 6


def test_alarms_name_what_they_are_about(house):
    with house.database.writing() as session:
        raise_alarm(
            session, CLOCK, AlarmCode.RETENTION_AT_RISK, str(house.volume.uuid), Severity.WARNING, "Add storage."
        )
        raise_alarm(
            session, CLOCK, AlarmCode.FOOTAGE_MISSING, str(house.camera_id), Severity.CRITICAL, "A file is gone."
        )
    node = house.node()
    node.cameras()
    assert [(alarm.subject, alarm.message) for alarm in node.alarms()] == [
        ("1 · Liman", "A file is gone."),
        ("volumes/main", "Add storage."),
    ]


def test_the_last_sweep(house):
    node = house.node()
    assert node.sweep() is None
    with house.database.writing() as session:
        session.add(
            Sweep(
                id=UUID(int=1), volume_uuid=str(house.volume.uuid), started_us=NOW_US, finished_us=NOW_US + 5,
                outcome="clock_not_trusted", deleted_segments=3, deleted_bytes=300,
                pressure_segments=0, pressure_bytes=0,
            )
        )  # fmt: skip
    sweep = node.sweep()
    assert (sweep.outcome, sweep.deleted_segments) == ("clock_not_trusted", 3)


def test_every_shard_is_asked(house, tmp_path):
    settings = load_settings(house.paths, {"NAZAR_RECORDER__SHARDS": "3"})
    reports = LocalNode(settings, house.paths, CLOCK).recorders()
    assert [(report.name, report.reason) for report in reports] == [
        (f"recorder-{shard}", "no_socket") for shard in range(3)
    ]


def wait_until(condition) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.proves("D-9.1d")
def test_coverage_is_read_behind_the_page_and_kept_for_minutes(house):
    house.record((NOW_US - 21 * US_PER_DAY, NOW_US - 2 * HOUR_US))
    clock = ManualClock()
    node = LocalNode(house.settings, house.paths, clock)
    assert node.coverage() == {}  # at once
    wait_until(node.coverage)
    (found,) = node.coverage().values()
    assert not found.is_proven
    assert found.missing_us == {Cause.UNKNOWN: 2 * HOUR_US}
    with house.volume.index.write() as connection:
        connection.execute("INSERT INTO gap VALUES (1, ?, NULL, 'network', 'no_route')", (NOW_US - 2 * HOUR_US,))
    clock.advance(200)
    assert node.coverage() == {str(house.camera_id): found}
    clock.advance(101)
    node.coverage()
    wait_until(lambda: Cause.NETWORK in node.coverage()[str(house.camera_id)].missing_us)


def test_coverage_of_a_volume_that_went_away_stays_as_it_was(house):
    house.record((NOW_US - 21 * US_PER_DAY, NOW_US))
    reader = LocalNode(house.settings, house.paths, CLOCK)._coverage
    reader.refresh()
    (found,) = reader.latest().values()
    assert found.is_proven
    house.volume.path.rename(house.volume.path.with_name("away"))
    reader.refresh()
    assert list(reader.latest().values()) == [found]
    house.volume.path.with_name("away").rename(house.volume.path)


def test_a_volume_that_is_being_measured_says_so(house):
    with house.database.writing() as session:
        session.add(
            VolumeForecast(
                volume_uuid=str(house.volume.uuid), at_us=NOW_US, total_bytes=1, free_bytes=1, footage_bytes=7,
                held_bytes=0, ingest_bytes_per_day=1, days_that_fit=None, days_until_full=None,
                is_retention_at_risk=False,
            )
        )  # fmt: skip
    (volume,) = house.node().volumes()
    assert volume.is_measuring


def test_alarms_know_the_site_of_their_camera(house):
    with house.database.writing() as session:
        camera = need_camera(session, 1)
        change(session, camera, CameraChange(site="Konyaaltı"), SecretBox.at(house.paths.secret_key), CLOCK)
        raise_alarm(session, CLOCK, AlarmCode.CAMERA_OFFLINE, str(house.camera_id), Severity.CRITICAL, "busy")
    node = house.node()
    node.cameras()
    (alarm,) = node.alarms()
    assert (alarm.subject, alarm.site, alarm.message) == ("1 · Liman", "Konyaaltı", "busy")


@pytest.mark.proves("D-12.4b")
def test_a_camera_that_is_recorded_centrally_must_record_but_owes_nothing_of_before(house):
    with house.database.writing() as session:
        camera = need_camera(session, 1)
        camera.is_recorded = False
        record_centrally(session, CLOCK, camera, NOW_US + HOUR_US, "Şenlik", by=Actor(None, "Usta"))
    (camera,) = house.node().cameras()
    assert (camera.must_record, camera.is_recorded, camera.is_ordered) == (True, True, True)
    with house.database.writing() as session:
        need_camera(session, 1).is_recorded = True
    (camera,) = house.node().cameras()
    assert (camera.must_record, camera.is_recorded, camera.is_ordered) == (True, True, False)
