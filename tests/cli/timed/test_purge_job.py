"""The job that destroys packages, on a node's own files."""

import importlib.util
import sys
from pathlib import Path

import pytest

from vms.cli.settings.footage import FootageSettings
from vms.cli.settings.node import DataPaths, Settings
from vms.cli.timed.footage import FootageJob
from vms.cli.timed.purge import PurgeJob, purge_jobs
from vms.documents.desk import Desk
from vms.footage.delivery import purging
from vms.footage.policy import DEFAULT
from vms.footage.rules import State
from vms.operations.alarms import AlarmCode, open_alarms

_SPEC = importlib.util.spec_from_file_location("counter_of_cli", Path(__file__).parents[2] / "footage" / "conftest.py")
_office = importlib.util.module_from_spec(_SPEC)
sys.modules["counter_of_cli"] = _office
_SPEC.loader.exec_module(_office)
for _name in ("migrated", "clock", "town", "shelf", "disk", "office", "counter"):
    globals()[_name] = getattr(_office, _name)


@pytest.fixture
def given(counter):
    counter.office.film(days=1)
    request = counter.office.searched(counter.office.approved())
    counter.packed(request)
    counter.delivered(request)
    return request


def job_of(counter, desk=None):
    archive = counter.office.archive
    return PurgeJob(counter.clock, counter.database, lambda: archive, counter.exports, desk or counter.desk)


def alarms(counter):
    with counter.database.reading() as session:
        return {(one.code, one.detail) for one in open_alarms(session)}


@pytest.mark.proves("D-10.2a")
def test_what_was_delivered_is_gone_and_its_footage_let_go_at_the_next_round(counter, given):
    assert len(counter.office.locked()) == 1
    job_of(counter).run()
    assert counter.lying() == []
    assert counter.office.locked() == []
    assert counter.office.state(given) == State.CLOSED
    assert alarms(counter) == set()


def database_bytes(counter):
    """Of every file of the control database, as who takes the disk finds them."""
    path = Path(counter.database.engine.url.database)
    return {one.name: one.read_bytes() for one in path.parent.glob(f"{path.name}*")}


@pytest.mark.proves("D-10.2a")
def test_a_sealed_passphrase_stays_in_no_file_of_the_database(counter, given):
    sealed = [one.passphrase for one in counter.exports_of(given)]
    assert all(any(one in content for content in database_bytes(counter).values()) for one in sealed)
    job = job_of(counter)
    with counter.database.reading() as session:
        open_alarms(session)  # somebody reads what was before: it waits for nobody
        job.run()
    assert {one.state for one in counter.exports_of(given)} == {"purged"}
    job.run()
    found = database_bytes(counter)
    assert "nazar.db" in found
    assert [name for name, content in found.items() for one in sealed if one in content] == []


@pytest.mark.proves("D-10.2a")
def test_a_copy_that_is_overdue_is_an_alarm_until_it_is_gone(counter, given, monkeypatch):
    def refuse(_name, _folder):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(purging, "_destroy", refuse)
        job_of(counter).run()
        assert alarms(counter) == set()
        counter.clock.advance(601)
        job_of(counter).run()
    assert alarms(counter) == {(AlarmCode.EXPORT_OVERDUE, "NAZAR-1-1")}
    job_of(counter).run()
    assert alarms(counter) == set()


def test_a_destruction_without_its_record_is_an_alarm_until_it_is_printed(counter, given):
    job_of(counter, Desk(counter.desk.store, counter.desk.examiner)).run()
    assert alarms(counter) == {(AlarmCode.DESTRUCTION_UNRECORDED, "1")}
    job_of(counter).run()
    assert alarms(counter) == set()


def test_packages_that_nobody_fetches_are_told_and_wait(counter):
    office = counter.office
    office.film(days=1)
    request = office.searched(office.approved())
    counter.packed(request)
    job = FootageJob(counter.clock, counter.database, lambda: office.archive, DEFAULT)
    counter.clock.advance(7 * 86_400)
    job.run()
    assert alarms(counter) == set()
    counter.clock.advance(1)
    job.run()
    assert alarms(counter) == {(AlarmCode.DELIVERY_WAITS, "1")}
    job_of(counter).run()
    assert (office.state(request), len(counter.lying())) == (State.PREPARED, 1)
    counter.delivered(request)
    job.run()
    assert alarms(counter) == set()


def test_a_node_has_the_job_and_its_settings(counter, tmp_path):
    (job,) = purge_jobs(Settings(), DataPaths(tmp_path), counter.clock, counter.database)
    job.run()
    assert alarms(counter) == set()
    policy = FootageSettings(purge_hours=2, collect_days=3).policy()
    assert (policy.purge_after_us, policy.collect_days) == (7_200_000_000, 3)
