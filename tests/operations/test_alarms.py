import shutil

import pytest

from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.operations.alarms import HEALTH_CODES, AlarmCode, Severity, clear_alarm, open_alarms, open_details, raise_alarm


@pytest.fixture
def database(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "nazar.db")
    database = Database.at(tmp_path / "nazar.db")
    yield database
    database.close()


def test_only_open_alarms_of_the_asked_codes(database):
    clock = ManualClock()
    with database.writing() as session:
        raise_alarm(session, clock, AlarmCode.CAMERA_OFFLINE, "a", Severity.CRITICAL, "silent")
        raise_alarm(session, clock, AlarmCode.CAMERA_OFFLINE, "b", Severity.CRITICAL, "silent")
        raise_alarm(session, clock, AlarmCode.DISK_PRESSURE, "v", Severity.WARNING, "Add storage.")
        assert clear_alarm(session, clock, AlarmCode.CAMERA_OFFLINE, "b")
    with database.reading() as session:
        assert open_details(session, HEALTH_CODES) == {(AlarmCode.CAMERA_OFFLINE, "a"): (Severity.CRITICAL, "silent")}


def test_a_renewed_alarm_keeps_its_beginning(database):
    clock = ManualClock()
    with database.writing() as session:
        since_us = raise_alarm(session, clock, AlarmCode.PACKET_LOSS, "a", Severity.WARNING, "1.2").since_us
    clock.advance(90)
    with database.writing() as session:
        raise_alarm(session, clock, AlarmCode.PACKET_LOSS, "a", Severity.WARNING, "3.4")
    with database.reading() as session:
        (alarm,) = open_alarms(session)
    assert (alarm.since_us, alarm.detail) == (since_us, "3.4")
