"""When jobs run while the machine's clock is set: a real schedule in real time, a clock that is wrong."""

import logging
import threading

import pytest

from retention.jobs import Job, Schedule
from vms.kernel.clock import US_PER_SECOND, SystemClock

HOUR_S, DAY_S = 3600, 86_400
PATIENCE_S = 10


class WrongClock(SystemClock):
    """The machine's clocks, but the wall clock is ahead by `ahead_s` (behind, when negative)."""

    def __init__(self, ahead_s: float) -> None:
        self.ahead_s = ahead_s

    def now_us(self) -> int:
        return super().now_us() + round(self.ahead_s * US_PER_SECOND)


@pytest.fixture
def running():
    """Starts schedules; stops them in the end."""
    stop, threads = threading.Event(), []

    def start(schedule: Schedule) -> None:
        threads.append(threading.Thread(target=schedule.run, args=(stop,)))
        threads[-1].start()

    yield start
    stop.set()
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


@pytest.mark.proves("edge-26", "C-3")
@pytest.mark.parametrize("ahead_s", [3 * HOUR_S, 30 * DAY_S])
def test_a_clock_that_is_set_back_makes_no_job_wait_for_the_step(running, caplog, ahead_s):
    """The machine starts hours ahead (its own clock is kept in local time), then the network sets it right."""
    clock, runs = WrongClock(ahead_s), {name: threading.Event() for name in ("sweep", "health")}
    jobs = [Job("sweep", runs["sweep"].set, 600, 1, "a"), Job("health", runs["health"].set, 5, 0, "b")]
    schedule = Schedule(jobs, clock, look_s=0.05)
    with caplog.at_level(logging.WARNING):
        running(schedule)
        assert not any(run.wait(0.1) for run in runs.values())  # due when the clock will have got there
        clock.ahead_s = 0
        assert all(run.wait(PATIENCE_S) for run in runs.values())
    assert f"set by -{ahead_s} s" in caplog.text


@pytest.mark.proves("edge-26")
def test_a_job_is_never_further_away_than_its_period(running):
    """Forward and back again: what ran under the wrong clock is timed by the right one."""
    clock, ran, again = WrongClock(0), threading.Event(), threading.Event()

    def run() -> None:
        (again if ran.is_set() else ran).set()

    schedule = Schedule([Job("health", run, 1, 0, "a")], clock, look_s=0.05)
    running(schedule)
    assert ran.wait(PATIENCE_S)
    clock.ahead_s = -30 * DAY_S
    assert again.wait(PATIENCE_S)
    again.clear()
    clock.ahead_s = 0
    assert again.wait(PATIENCE_S)


@pytest.mark.proves("edge-26")
def test_a_machine_that_started_in_2000_runs_what_is_late_once(running):
    """Every missed run of a quarter of a century would be a list of hundreds of millions."""
    runs, ran, other = [], threading.Event(), threading.Event()

    def run() -> None:
        runs.append("x")
        ran.set()

    clock = WrongClock(-26 * 365 * DAY_S)
    schedule = Schedule([Job("cameras", run, HOUR_S, 0, "a"), Job("other", other.set, 1, 0, "b")], clock, look_s=0.05)
    clock.ahead_s = 0
    running(schedule)
    assert ran.wait(PATIENCE_S)
    assert other.wait(PATIENCE_S)
    other.clear()
    assert other.wait(PATIENCE_S)
    assert runs == ["x"]
