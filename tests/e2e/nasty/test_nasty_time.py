"""Rows 4, 5, 6 and the camera's part of 18: time stamps that wrap, jump, repeat, stray, drift."""

import pytest
from nasty_checks import check_complete, check_show, check_sound, steps
from nasty_clips import clip, encode
from nasty_stage import Scenario, play

from vms.archive.model import Flag

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

JUMPS = {"forward an hour": "jump_time:3600", "back an hour": "jump_time:-3600", "back to zero": "restart_time"}
STRAYS = {"outliers": "outlier_time:50", "pairs": "doubled_time"}
CLOSE_US = 100_000


@pytest.fixture(scope="module")
def show(tmp_path_factory):
    scenarios = [Scenario(name, fault, after=60) for name, fault in JUMPS.items()]
    scenarios += [Scenario(name, fault) for name, fault in STRAYS.items()]
    scenarios += [
        Scenario("wrap", "wrap_time"),
        Scenario("drift", "drifting_time:300"),
        Scenario("h265 jump", "jump_time:3600", after=60, clip=clip(encode("h265"))),
        Scenario("camera lives in 1970", camera={"clock_offset_us": -1_750_000_000_000_000}),
        Scenario("camera an hour ahead", camera={"clock_offset_us": 3_600_000_000}),
    ]
    return play(scenarios, tmp_path_factory.mktemp("time"), speed=1.5)


def wall_errors_us(outcome) -> list[int]:
    """How far each picture's wall time is from its place in the clip, compared with the first picture's."""
    loop_us = outcome.clip.duration_90k * 100 // 9
    errors, first = [], None
    for segment, file in zip(outcome.segments, outcome.files, strict=True):
        for sample in file.samples:
            place_us = outcome.clip.units[sample.unit].pts_90k * 100 // 9
            error_us = segment.span.start_us + sample.pts_90k * 100 // 9 - place_us
            first = error_us if first is None else first
            errors.append((error_us - first + loop_us // 2) % loop_us - loop_us // 2)
    return errors


def test_the_recorder_is_well_afterwards(show):
    check_show(show)


@pytest.mark.proves("D-6.12a")
@pytest.mark.parametrize("name", ["wrap", "drift", "camera lives in 1970", "camera an hour ahead"])
def test_what_is_only_the_cameras_own_idea_of_time_has_no_effect(show, name):
    outcome = show[name]
    check_sound(outcome)
    check_complete(outcome)
    assert outcome.total("retimed_units") == 0
    assert max(map(abs, wall_errors_us(outcome))) < CLOSE_US


@pytest.mark.proves("D-6.12a")
@pytest.mark.parametrize("name", [*JUMPS, "h265 jump"])
def test_a_jump_begins_a_new_run_at_the_right_wall_time(show, name):
    outcome = show[name]
    check_sound(outcome)
    check_complete(outcome, runs=2)
    assert outcome.status.reconnects == 0
    assert max(map(abs, wall_errors_us(outcome))) < CLOSE_US
    assert outcome.segments[outcome.runs[0][-1]].flags & Flag.RETIMED


@pytest.mark.proves("D-6.12a")
@pytest.mark.parametrize("name", STRAYS)
def test_single_wrong_stamps_are_replaced_and_told(show, name):
    outcome = show[name]
    check_sound(outcome)
    check_complete(outcome)
    assert outcome.total("retimed_units") >= 3
    assert all(segment.flags & Flag.RETIMED for segment in outcome.segments if segment.samples > 60)
    assert max(map(abs, wall_errors_us(outcome))) < CLOSE_US


@pytest.mark.proves("edge-27", "C-3")
def test_the_cameras_clock_is_told_in_the_row(show):
    for name, offset_us in (("camera lives in 1970", -1_750_000_000_000_000), ("camera an hour ahead", 3_600_000_000)):
        told = show[name].segments[0].clock_offset_us
        assert abs(told - offset_us) < 1_000_000, name


def test_pairs_stay_pictures_of_their_own(show):
    for number in show["pairs"].runs[0]:
        assert {step for _, step in steps(show["pairs"], [number])} == {1}
