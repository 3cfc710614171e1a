"""Row 18 of the table of nasty streams: the machine's clock is set while cameras are recorded."""

import pytest
from nasty_checks import check_complete, check_show, check_sound
from nasty_clips import clip, encode
from nasty_stage import Scenario, play

from vms.archive.model import Cause, Flag

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

SECOND_US = 1_000_000
HOUR_S = 3600
YEAR_S = 365 * 24 * HOUR_S
STEPS = {"forward": (HOUR_S, 0), "back": (-HOUR_S, 0), "first synchronised": (YEAR_S, -YEAR_S)}
CAMERAS = ["h264", "h265"]


@pytest.fixture(scope="module")
def shows(tmp_path_factory):
    return {name: stage(tmp_path_factory.mktemp("clock"), *setting) for name, setting in STEPS.items()}


def stage(folder, step_s, wall_error_s):
    async def step(clock, plays):
        for one in plays:
            await one.units(100)
        clock.step_wall(step_s)
        for one in plays:
            one.note("step")
        for one in plays:
            await one.units(100)

    scenarios = [Scenario(codec, clip=clip(encode(codec))) for codec in CAMERAS]
    return play(scenarios, folder, speed=4, step=step, wall_error_s=wall_error_s)


@pytest.mark.parametrize("name", STEPS)
def test_the_recorder_is_well_afterwards(shows, name):
    check_show(shows[name])


@pytest.mark.proves("C-3", "D-6.12a")
@pytest.mark.parametrize("codec", CAMERAS)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_begins_a_new_run_and_loses_no_picture(shows, name, codec):
    outcome = shows[name][codec]
    check_sound(outcome)
    check_complete(outcome, runs=2)
    assert outcome.status.reconnects == 0
    first, second = (outcome.files[number].samples for number in (outcome.runs[0][-1], outcome.runs[1][0]))
    assert (second[0].unit - first[-1].unit) % 100 == 1
    assert second[0].is_sync


@pytest.mark.proves("C-3", "D-10.2c")
@pytest.mark.parametrize("codec", CAMERAS)
@pytest.mark.parametrize("name", ["forward", "first synchronised"])
def test_behind_a_step_forward_is_a_gap_with_its_cause_and_the_right_time(shows, name, codec):
    outcome = shows[name][codec]
    earlier, later = outcome.segments[outcome.runs[0][-1]], outcome.segments[outcome.runs[1][0]]
    assert [(gap.cause, gap.detail) for gap in outcome.gaps] == [(Cause.UNKNOWN, "clock_step")]
    hole_us = later.span.start_us - earlier.span.end_us
    assert abs(hole_us - STEPS[name][0] * SECOND_US) < SECOND_US
    assert abs(later.span.start_us - outcome.moments["step"]) < 2 * SECOND_US
    assert not later.flags & Flag.CLOCK_HELD


@pytest.mark.proves("C-3", "edge-26")
@pytest.mark.parametrize("codec", CAMERAS)
def test_behind_a_step_back_footage_lies_at_its_true_time(shows, codec):
    outcome = shows["back"][codec]
    written = sorted(outcome.segments, key=lambda segment: segment.sequence)
    misdated, later = written[0], written[-1]
    assert abs(misdated.span.start_us - later.span.start_us - HOUR_S * SECOND_US) < 60 * SECOND_US
    assert abs(later.clock_error_us) < SECOND_US
    assert not later.flags & Flag.CLOCK_HELD
