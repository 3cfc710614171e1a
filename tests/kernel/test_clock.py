import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from vms.kernel.clock import ManualClock, SystemClock, from_datetime, iso, to_datetime


def test_the_systems_clocks_are_those_of_the_machine():
    clock = SystemClock()
    assert abs(clock.now_us() - time.time() * 1e6) < 1e6
    assert clock.boottime_us() <= clock.boottime_us()
    assert clock.boot_id() == SystemClock().boot_id() != ""


def test_a_manual_clock_stands_still_until_told():
    clock = ManualClock()
    before = (clock.now_us(), clock.boottime_us(), clock.boot_id())
    assert (clock.now_us(), clock.boottime_us(), clock.boot_id()) == before
    clock.advance(1.5)
    clock.step_wall(-3)
    assert (clock.now_us() - before[0], clock.boottime_us() - before[1]) == (-1_500_000, 1_500_000)
    clock.reboot("boot-2")
    assert (clock.boottime_us(), clock.boot_id()) == (0, "boot-2")


def test_times_survive_the_way_through_datetime():
    at_us = 1_763_733_900_123_456
    assert from_datetime(to_datetime(at_us)) == at_us
    assert iso(at_us) == "2025-11-21T14:05:00.123456Z"
    istanbul = timezone(timedelta(hours=3))
    assert from_datetime(datetime(2025, 11, 21, 17, 5, tzinfo=istanbul)) == 1_763_733_900_000_000
    assert to_datetime(at_us).tzinfo is UTC


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        from_datetime(datetime(2025, 11, 21))  # noqa: DTZ001
