"""Server time of a run."""

import pytest

from recorder.run_clock import RunClock
from vms.kernel.clock import US_PER_SECOND, ManualClock

FRAME_90K = 3600
FRAME_US = 40_000


def feed(run, clock, frames, first=0, delay_us=lambda i: 0, frame_us=FRAME_US):
    """Let `frames` pictures arrive in real time, each `delay_us(i)` late."""
    for i in range(first, first + frames):
        run.observe(clock.boottime_us() + delay_us(i), i * FRAME_90K)
        clock.advance(frame_us / US_PER_SECOND)


def test_the_least_delayed_picture_decides_the_start():
    clock = ManualClock()
    truth_us = clock.now_us()
    run = RunClock(clock)
    feed(run, clock, 12, delay_us=lambda i: 200_000 if i % 4 else 30_000)
    assert run.true_start_us(0) == truth_us + 30_000


def test_a_burst_of_old_pictures_is_placed_in_the_past():
    clock = ManualClock()
    run = RunClock(clock)
    for i in range(25):  # a camera that sends its last second at once
        run.observe(clock.boottime_us(), i * FRAME_90K)
    assert run.true_start_us(0) == clock.now_us() - 24 * FRAME_US


def test_a_segment_that_keeps_pace_lasts_as_long_as_its_media():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12)
    start_us = run.true_start_us(0)
    run.start(0, start_us)
    feed(run, clock, 1488, first=12)
    end_us, error_us = run.end_segment(1500 * FRAME_90K)
    assert end_us - start_us == 60 * US_PER_SECOND
    assert error_us == 0


def test_a_segment_whose_first_pictures_were_late_is_slowed_and_says_so():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12, delay_us=lambda _: 800_000)
    start_us = run.true_start_us(0)
    run.start(0, start_us)
    feed(run, clock, 488, first=12)
    end_us, error_us = run.end_segment(500 * FRAME_90K)
    assert end_us - start_us == 20 * US_PER_SECOND - 800_000
    assert (run.is_slowed, error_us) == (True, 0)
    feed(run, clock, 500, first=500)
    run.end_segment(1000 * FRAME_90K)
    assert not run.is_slowed


@pytest.mark.proves("C-3")
def test_drift_is_pulled_by_at_most_500_ppm():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12)
    run.start(0, run.true_start_us(0))
    feed(run, clock, 1488, first=12, frame_us=40_080)  # the camera's crystal is 2000 ppm slow
    first_end_us, _ = run.end_segment(1500 * FRAME_90K)
    feed(run, clock, 1500, first=1500, frame_us=40_080)
    second_end_us, late_us = run.end_segment(3000 * FRAME_90K)
    assert second_end_us - first_end_us == 60 * US_PER_SECOND + 30_000
    assert 0 < late_us < 100_000


def test_drift_of_300_ppm_never_accumulates_over_a_day():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12)
    run.start(0, run.true_start_us(0))
    first = 12
    for minute in range(1, 1441):
        minute_90k = minute * 60 * 90_000
        feed_us = 60 * US_PER_SECOND + 18_000
        clock.advance((feed_us if minute > 1 else feed_us - 480_000) / US_PER_SECOND)
        run.observe(clock.boottime_us(), minute_90k)
        end_us, late_us = run.end_segment(minute_90k)
        assert abs(late_us) <= 40_000
        assert abs(end_us - clock.now_us()) <= 40_000
        first += 1500


@pytest.mark.proves("edge-27")
def test_a_run_that_starts_behind_its_true_time_knows_by_how_much():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12)
    run.start(0, clock.now_us() + 3600 * US_PER_SECOND)
    assert run.held_us > 3599 * US_PER_SECOND


def test_time_held_ahead_is_given_back_at_most_ten_percent():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12)
    start_us = clock.now_us() + 100 * US_PER_SECOND
    run.start(0, start_us)
    feed(run, clock, 1488, first=12)
    end_us, _ = run.end_segment(1500 * FRAME_90K)
    assert end_us - start_us == 54 * US_PER_SECOND


def test_a_step_of_the_machines_clock_is_seen():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12)
    run.start(0, run.true_start_us(0))
    clock.step_wall(0.4)
    assert not run.has_stepped()
    clock.step_wall(-3600)
    assert run.has_stepped()


def test_footage_that_arrives_late_is_reported():
    clock = ManualClock()
    run = RunClock(clock)
    feed(run, clock, 12)
    run.start(0, run.true_start_us(0))
    feed(run, clock, 100, first=12, delay_us=lambda _: 5 * US_PER_SECOND)
    _, late_us = run.end_segment(112 * FRAME_90K)
    assert late_us > 4 * US_PER_SECOND
