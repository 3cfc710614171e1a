import logging

import pytest

from vms.cli.node import retention_ports
from vms.cli.node.retention_ports import DatabaseReports
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.operations.alarms import AlarmCode, Severity


@pytest.fixture
def reports(tmp_path, set_up):
    database = Database.at(tmp_path / "nazar.db")
    yield DatabaseReports(database, ManualClock())
    database.close()


def test_an_open_alarm_is_logged_when_it_comes_gets_worse_or_comes_again(reports, caplog):
    caplog.set_level(logging.INFO, retention_ports.__name__)
    code = AlarmCode.RETENTION_AT_RISK
    for minute in range(5):
        reports.alarm(code, "disk", Severity.WARNING, f"{minute} days left")
    reports.alarm(code, "disk", Severity.CRITICAL, "no day left")
    reports.alarm(code, "other disk", Severity.WARNING, "5 days left")
    reports.clear(code, "disk")
    reports.alarm(code, "disk", Severity.WARNING, "4 days left")
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR", "WARNING", "WARNING"]


def test_a_report_that_cannot_be_kept_is_logged_once(tmp_path, caplog):
    reports = DatabaseReports(Database.at(tmp_path / "none.db"), ManualClock())
    for _ in range(5):
        reports.clear(AlarmCode.RETENTION_AT_RISK, "disk")
    assert ["could not be kept" in record.getMessage() for record in caplog.records] == [True]
