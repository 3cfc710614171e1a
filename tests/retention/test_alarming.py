"""What a person reads of a disk that is too small."""

from dataclasses import replace

import pytest

from retention.alarming import tell_forecast
from retention.forecast import MEASURED_AFTER_US, VolumeUse, forecast
from vms.operations.alarms import Severity

GB = 1_000_000_000
DEMO = VolumeUse(  # four cameras of 2 Mbit/s on a disk with 70 GB, ten minutes after their start
    total_bytes=250 * GB, free_bytes=75 * GB, reserve_bytes=5 * GB, footage_bytes=GB, held_bytes=0, kept_days=0.007,
    policy_days=21, ingest_bytes_per_day=86 * GB, measured_us=MEASURED_AFTER_US,
)  # fmt: skip


class Told:
    """The port to where people look, remembering alarms."""

    def __init__(self):
        self.alarms = []
        self.cleared = []

    def alarm(self, code, subject, severity, detail):
        self.alarms.append((code, severity, detail))

    def clear(self, code, subject):
        self.cleared.append(code)


def told(use):
    reports = Told()
    tell_forecast("volume", use, forecast(use), reports)
    return reports


@pytest.mark.proves("D-5.18")
def test_a_disk_that_is_too_small_says_when_it_is_full():
    ((code, severity, detail),) = told(DEMO).alarms
    assert (code, severity) == ("retention_at_risk", Severity.CRITICAL)
    assert detail.startswith("0.8 days fit at today's rate, 20 must (75.0 GB free); the disk is full in 20 hours. ")


def test_days_are_told_in_days():
    use = replace(DEMO, ingest_bytes_per_day=7 * GB)
    assert "10.1 days fit" in told(use).alarms[0][2]
    assert "; the disk is full in 10 days. " in told(use).alarms[0][2]


def test_a_disk_that_lasts_settles_the_alarm():
    reports = told(replace(DEMO, ingest_bytes_per_day=3 * GB))
    assert (reports.alarms, reports.cleared) == ([], ["retention_at_risk"])
