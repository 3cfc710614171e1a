"""A clock that is believed after a start although nothing proves it: the floor is a day higher by it."""

import pytest

from retention.clock_memory import confirm_clock
from retention.report import Outcome
from retention.sweeper import run_once

EVERYTHING = 1 << 60  # a reserve that no disk has: pressure without end
HOUR_S, DAY_S = 3600, 86_400


def starts_anew(shelf, wrong_s: float, boot_id: str = "boot-2") -> None:
    shelf.clock.advance(300)
    shelf.clock.step_wall(wrong_s)
    shelf.clock.reboot(boot_id)
    shelf.clock.advance(60)


@pytest.fixture(params=[0, EVERYTHING], ids=["policy of 20", "full disk"])
def aged(request, make_shelf, days_of, camera):
    """Footage of twenty days less some hours, with the days of its camera."""
    shelf = make_shelf(reserve_bytes=request.param)
    shelf.put(shelf.days_ago(19.5))
    days = days_of({camera: 30 if request.param else 20})
    assert run_once(shelf.volume, days, shelf.clock).outcome is Outcome.OK
    return shelf, days


@pytest.mark.proves("D-9.1a", "edge-26", "edge-25", "C-2", "C-3")
def test_hours_of_error_after_a_start_take_nothing_from_the_twenty_days(aged):
    shelf, days = aged
    starts_anew(shelf, 20 * HOUR_S)
    for _ in range(2):
        assert run_once(shelf.volume, days, shelf.clock).outcome is Outcome.OK
        assert len(shelf.ends()) == 1
        shelf.clock.advance(600)
    shelf.clock.advance(0.7 * DAY_S)  # 20.2 days old, 21.03 by the clock
    run_once(shelf.volume, days, shelf.clock)
    assert shelf.ends() == []


def test_a_person_who_confirms_proves_it(aged):
    shelf, days = aged
    starts_anew(shelf, 0)
    shelf.clock.advance(0.6 * DAY_S)
    assert run_once(shelf.volume, days, shelf.clock).deleted_segments == 0
    assert len(shelf.ends()) == 1
    confirm_clock(shelf.volume, shelf.clock)
    run_once(shelf.volume, days, shelf.clock)
    assert shelf.ends() == []


def test_after_twenty_one_days_all_of_before_is_old_enough(aged):
    shelf, days = aged
    starts_anew(shelf, 20 * HOUR_S)
    run_once(shelf.volume, days, shelf.clock)
    shelf.clock.advance(21 * DAY_S)
    shelf.put(shelf.days_ago(20.01))
    run_once(shelf.volume, days, shelf.clock)
    assert shelf.ends() == []


def test_starts_one_after_the_other_are_no_proof(aged):
    shelf, days = aged
    starts_anew(shelf, 20 * HOUR_S)
    run_once(shelf.volume, days, shelf.clock)
    starts_anew(shelf, 0, "boot-3")
    run_once(shelf.volume, days, shelf.clock)
    assert len(shelf.ends()) == 1
