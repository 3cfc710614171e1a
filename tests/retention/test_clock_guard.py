"""When the clock is believed: a table of what machines do."""

import pytest

from retention.clock_guard import RELEASED_US, ClockDoubt, ClockMemory, ClockReading, confirmed, judge
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, ManualClock

HOUR_S = 3600
DAY_S = 24 * HOUR_S


def reading(clock: ManualClock) -> ClockReading:
    return ClockReading(clock.now_us(), clock.boottime_us(), clock.boot_id())


@pytest.mark.proves("edge-26", "C-3")
@pytest.mark.parametrize(
    ("passes_s", "steps_s", "doubt"),
    [
        (600, 0, None),
        (600, 59, None),
        (600, -59, None),
        (600, 61, ClockDoubt.JUMPED_FORWARD),
        (600, HOUR_S, ClockDoubt.JUMPED_FORWARD),
        (600, 30 * DAY_S, ClockDoubt.JUMPED_FORWARD),
        (600, 365 * DAY_S, ClockDoubt.JUMPED_FORWARD),
        (600, -61, ClockDoubt.JUMPED_BACK),
        (600, -30 * DAY_S, ClockDoubt.JUMPED_BACK),
        (40 * DAY_S, 0, None),
        (40 * DAY_S, 2 * HOUR_S, ClockDoubt.JUMPED_FORWARD),
    ],
)
def test_within_one_boot_time_since_boot_tells(passes_s, steps_s, doubt):
    clock = ManualClock()
    memory = confirmed(reading(clock))
    clock.advance(passes_s)
    clock.step_wall(steps_s)
    judgement = judge(memory, reading(clock), clock.now_us())
    assert judgement.doubt is doubt
    assert (judgement.memory is None) == (doubt is not None)
    assert ("confirm-clock" in judgement.reason) == (doubt is not None)


@pytest.mark.proves("edge-26")
def test_many_small_steps_do_not_add_up_unseen():
    clock = ManualClock()
    memory = confirmed(reading(clock))
    doubts = []
    for _ in range(4):
        clock.advance(600)
        clock.step_wall(20)
        judgement = judge(memory, reading(clock), None)
        doubts.append(judgement.doubt)
        memory = judgement.memory or memory
    assert doubts == [None, None, None, ClockDoubt.JUMPED_FORWARD]


def test_a_doubt_ends_when_the_clock_is_set_right_again():
    clock = ManualClock()
    memory = confirmed(reading(clock))
    clock.step_wall(30 * DAY_S)
    assert judge(memory, reading(clock), None).doubt is ClockDoubt.JUMPED_FORWARD
    clock.advance(3600)
    clock.step_wall(-30 * DAY_S)
    assert judge(memory, reading(clock), None).doubt is None


@pytest.mark.proves("edge-26")
@pytest.mark.parametrize(
    ("off_s", "boot_s", "doubt"),
    [
        (120, 30, None),
        (20 * HOUR_S, 30, None),
        (25 * HOUR_S, 30, ClockDoubt.UNPROVEN),
        (30 * DAY_S, 30, ClockDoubt.UNPROVEN),
        (30 * DAY_S, 5 * DAY_S, ClockDoubt.UNPROVEN),
        (-30, 10, None),
        (-3 * HOUR_S, 30, ClockDoubt.JUMPED_BACK),
        (-365 * DAY_S, 30, ClockDoubt.JUMPED_BACK),
    ],
)
def test_after_a_reboot_only_a_short_absence_is_believed(off_s, boot_s, doubt):
    clock = ManualClock()
    memory = confirmed(reading(clock))
    clock.step_wall(off_s)
    clock.reboot("boot-2")
    clock.advance(boot_s)
    assert judge(memory, reading(clock), None).doubt is doubt


def test_footage_recorded_under_a_wrong_clock_proves_nothing():
    """The recorder starts before the jobs and stamps its files with the same wrong clock."""
    clock = ManualClock()
    memory = confirmed(reading(clock))
    clock.step_wall(30 * DAY_S)
    clock.reboot("boot-2")
    clock.advance(3600)
    assert judge(memory, reading(clock), clock.now_us() - 60 * US_PER_SECOND).doubt is ClockDoubt.UNPROVEN


@pytest.mark.parametrize(
    ("age_s", "uptime_s", "doubt"),
    [
        (None, 100, None),
        (60, 10 * DAY_S, None),
        (5 * DAY_S, 10 * DAY_S, None),  # nothing recorded for five days, but the machine was up and can tell
        (30 * DAY_S, 100, ClockDoubt.UNPROVEN),
        (-120, 100, ClockDoubt.FOOTAGE_FROM_FUTURE),
        (-30, 100, None),
    ],
)
def test_a_volume_without_memory_is_judged_by_its_footage(age_s, uptime_s, doubt):
    clock = ManualClock()
    clock.reboot("boot-1")
    clock.advance(uptime_s)
    newest_us = None if age_s is None else clock.now_us() - age_s * US_PER_SECOND
    assert judge(None, reading(clock), newest_us).doubt is doubt


@pytest.mark.parametrize(("wall_us", "doubt"), [(RELEASED_US - 1, ClockDoubt.IMPOSSIBLE), (RELEASED_US, None)])
def test_a_new_machine_in_a_time_before_this_program_is_not_believed(wall_us, doubt):
    clock = ManualClock(wall_us)
    judgement = judge(None, reading(clock), None)
    assert (judgement.doubt, judgement.memory is None) == (doubt, doubt is not None)


def test_a_reboot_starts_a_new_anchor_and_time_goes_on():
    clock = ManualClock()
    memory = confirmed(reading(clock))
    clock.advance(3600)
    clock.reboot("boot-2")
    judgement = judge(memory, reading(clock), None)
    assert judgement.memory == ClockMemory(reading(clock), clock.now_us(), unproven_us=3600 * US_PER_SECOND)
    clock.advance(60)
    clock.step_wall(US_PER_DAY // US_PER_SECOND)
    assert judge(judgement.memory, reading(clock), None).doubt is ClockDoubt.JUMPED_FORWARD
