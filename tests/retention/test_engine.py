"""The jobs over several volumes, reporting into a real control database."""

import logging
import shutil
import threading

import pytest
from sqlalchemy import select

from retention.engine import Engine
from retention.jobs import Job, Schedule, jobs_of
from vms.archive.checkpoints import node_key, read_checkpoints
from vms.cli.node.retention_ports import DatabasePolicies, DatabaseReports
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.operations.alarms import open_alarms
from vms.operations.model import Alarm, Sweep
from vms.operations.queries import forecasts, last_sweep


@pytest.fixture
def database(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "nazar.db")
    database = Database.at(tmp_path / "nazar.db", busy_timeout_s=0.05)
    yield database
    database.close()


@pytest.fixture
def make_engine(tmp_path, database, clock):
    def make(*shelves, policies=None) -> Engine:
        return Engine(
            lambda: [shelf.volume for shelf in shelves],
            policies or DatabasePolicies(database, 21),
            DatabaseReports(database, clock),
            clock,
            node_key(tmp_path / "node.key"),
        )

    return make


@pytest.fixture
def alarms(database):
    def read() -> set[tuple[str, str]]:
        with database.reading() as session:
            return {(alarm.code, alarm.severity) for alarm in open_alarms(session)}

    return read


@pytest.mark.proves("D-9.1c", "edge-25")
def test_a_full_disk_with_young_footage_raises_the_alarm_and_deletes_nothing(
    make_engine, make_shelf, alarms, days_of, camera
):
    shelf = make_shelf(reserve_bytes=1 << 50)  # more than any disk has: always full
    shelf.put(shelf.days_ago(19))
    engine = make_engine(shelf, policies=days_of({camera: 21}))
    engine.sweep()
    assert ("retention_at_risk", "critical") in alarms()
    engine.forecast()
    assert ("retention_at_risk", "critical") in alarms()
    assert shelf.files() == 1


@pytest.mark.proves("edge-26")
def test_a_jump_raises_an_alarm_that_ends_with_it(make_engine, shelf, alarms, days_of, camera):
    shelf.put(shelf.days_ago(10))
    engine = make_engine(shelf, policies=days_of({camera: 20}))
    engine.sweep()
    shelf.clock.step_wall(30 * 86_400)
    engine.sweep()
    engine.sweep()
    assert ("clock_not_trusted", "critical") in alarms()
    shelf.clock.step_wall(-30 * 86_400)
    engine.sweep()
    assert ("clock_not_trusted", "critical") not in alarms()


def test_pressure_and_unregistered_footage_are_told(make_engine, make_shelf, alarms, days_of, camera, other):
    shelf = make_shelf(reserve_bytes=1 << 50)
    shelf.put(shelf.days_ago(25), camera)
    shelf.put(shelf.days_ago(25), other)
    make_engine(shelf, policies=days_of({camera: 60})).sweep()
    assert {code for code, _ in alarms()} == {"disk_pressure", "retention_at_risk", "unregistered_footage"}


def test_a_volume_that_is_away_keeps_no_other_from_its_turn(make_engine, make_shelf, database, alarms, days_of, camera):
    away, here = make_shelf(), make_shelf()
    here.put(here.days_ago(30))
    away.volume.path.rename(away.volume.path.with_name("gone"))
    engine = make_engine(away, here, policies=days_of({camera: 20}))
    assert [report.outcome for report in engine.sweep()] == ["volume_unavailable", "ok"]
    assert ("volume_unavailable", "critical") in alarms()
    with pytest.raises(VmsError):
        engine.forecast()
    with pytest.raises(VmsError):
        engine.checkpoint()
    assert len(list(read_checkpoints(here.volume))) == 1
    with database.reading() as session:
        assert [row.volume_uuid for row in forecasts(session)] == [str(here.volume.uuid)]
        assert {row.deleted_segments for row in session.scalars(select(Sweep))} == {0, 1}


@pytest.mark.proves("D-5.18")
def test_a_forecast_is_kept_for_the_status_page(make_engine, shelf, database, camera, days_of):
    for minute in range(10):
        shelf.put(shelf.clock.now_us() - minute * 1_800_000_000, size_bytes=80_000)
    engine = make_engine(shelf, policies=days_of({camera: 25}))
    engine.forecast()
    engine.forecast()
    with database.reading() as session:
        (row,) = forecasts(session)
    assert row.footage_bytes == 10 * 80_000
    assert row.ingest_bytes_per_day == 80_000 * 24 * 60  # minutes of 80 kB, were they recorded without a break
    assert row.days_that_fit > 0
    assert not row.is_measuring


@pytest.mark.proves("D-5.18", "D-9.1c")
def test_a_new_installation_measures_before_it_alarms(
    make_engine, make_shelf, database, alarms, camera, days_of, tmp_path
):
    """What comes in would fill the room within eleven days; nine minutes of it say nothing yet, the tenth does."""
    free_bytes = shutil.disk_usage(tmp_path).free
    shelf = make_shelf(reserve_bytes=free_bytes * 9 // 10)
    engine = make_engine(shelf, policies=days_of({camera: 21}))
    engine.forecast()
    with database.reading() as session:
        assert [row.is_measuring for row in forecasts(session)] == [True]
    for minute in range(9, 0, -1):
        shelf.put(shelf.clock.now_us() - minute * 60_000_000, size_bytes=free_bytes // 10 // (24 * 60 * 11))
    engine.forecast()
    with database.reading() as session:
        (row,) = forecasts(session)
    assert row.is_measuring
    assert alarms() == set()
    shelf.put(shelf.clock.now_us(), size_bytes=free_bytes // 10 // (24 * 60 * 11))
    engine.forecast()
    assert alarms() == {("retention_at_risk", "critical")}
    with database.reading() as session:
        (row,) = forecasts(session)
    assert not row.is_measuring


@pytest.mark.proves("edge-29")
def test_without_the_control_database_nothing_is_deleted_and_nothing_breaks(make_engine, shelf, database, tmp_path):
    shelf.put(shelf.days_ago(300))
    database.close()
    for path in tmp_path.glob("nazar.db*"):
        path.unlink()
    engine = make_engine(shelf)
    assert [report.outcome for report in engine.sweep()] == ["policies_unknown"]
    engine.forecast()
    engine.checkpoint()
    assert shelf.files() == 1


def test_the_presence_check_names_a_row_without_its_file(make_engine, shelf, alarms):
    shelf.put(shelf.days_ago(3))
    engine = make_engine(shelf)
    engine.check_presence()
    assert alarms() == set()
    next(shelf.volume.path.rglob("*.mp4")).unlink()
    engine.check_presence()
    assert alarms() == {("footage_missing", "critical")}


def test_an_alarm_keeps_its_beginning_and_its_history(make_engine, shelf, database, days_of, camera):
    engine = make_engine(shelf, policies=days_of({camera: 20}))
    shelf.put(shelf.days_ago(10))
    engine.sweep()
    for step in (30 * 86_400, 0, -30 * 86_400, 0, 30 * 86_400):
        shelf.clock.step_wall(step)
        shelf.clock.advance(60)
        engine.sweep()
    with database.reading() as session:
        rows = list(session.scalars(select(Alarm).where(Alarm.code == "clock_not_trusted").order_by(Alarm.since_us)))
        assert last_sweep(session).outcome == "clock_not_trusted"
    assert sorted(row.cleared_us is None for row in rows) == [False, True]


def test_a_job_that_fails_is_logged_and_tried_again_while_others_go_on(clock, caplog):
    stop, done = threading.Event(), threading.Event()
    tries: list[str] = []

    def fails() -> None:
        tries.append("x")
        if len(tries) == 1:
            raise VmsError(Kind.UNAVAILABLE, "index_locked", "Another process holds the index. Try again.")
        if len(tries) == 2:
            raise ZeroDivisionError
        done.set()

    from vms.kernel.clock import SystemClock

    other = threading.Event()
    schedule = Schedule(
        [Job("broken", fails, 3600, 0, "a"), Job("other", other.set, 3600, 0, "b")], SystemClock(), retry_s=0.01
    )
    thread = threading.Thread(target=schedule.run, args=(stop,))
    with caplog.at_level(logging.ERROR):
        thread.start()
        assert done.wait(10)
        assert other.wait(10)
        stop.set()
        thread.join(10)
    assert not thread.is_alive()
    assert schedule.failures == {"broken": 2, "other": 0}
    assert "index_locked" in caplog.text
    assert "nobody foresaw" in caplog.text


def test_the_schedule_holds_all_four_jobs(make_engine, shelf):
    schedule = {job.name: job.every_s for job in jobs_of(make_engine(shelf))}
    assert schedule == {"sweep": 600, "forecast": 60, "checkpoint": 3600, "presence": 86_400}
