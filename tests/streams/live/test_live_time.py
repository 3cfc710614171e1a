"""Times of live pictures: the golden rules of MSE (no hole, no overlap) under jitter and drift."""

import itertools
import random

import pytest

from streams.live_time import LiveTime, ticks_90k

START_US = 1_763_700_000_000_000
FRAME_90K = 3600


def run(count, wall_of, distance_90k=lambda _: FRAME_90K):
    time, dts, times = LiveTime(), 0, []
    for number in range(count):
        times.append(time.of(dts, wall_of(number)))
        dts += distance_90k(number)
    return times


def test_the_first_picture_gets_the_servers_time_to_the_tick():
    assert run(1, lambda _: START_US) == [1_763_700_000 * 90_000]
    assert ticks_90k(100) == 9


def test_a_steady_camera_keeps_its_own_distances():
    times = run(500, lambda number: START_US + number * 40_000)
    assert {b - a for a, b in itertools.pairwise(times)} == {FRAME_90K}


@pytest.mark.parametrize("seed", range(5))
def test_jitter_of_the_server_moves_no_picture_by_more_than_two_per_cent(seed):
    chance = random.Random(seed)
    times = run(2000, lambda number: START_US + number * 40_000 + chance.randint(-200_000, 200_000))
    gaps = [b - a for a, b in itertools.pairwise(times)]
    assert max(gaps) <= FRAME_90K + 72
    assert min(gaps) >= FRAME_90K - 72


def test_a_wrong_beginning_is_made_good_slowly():
    """A recorder knows a run's true time only after its first half second: here it was 0.4 s late."""
    times = run(1500, lambda number: START_US + number * 40_000 + (400_000 if number < 12 else 0))
    assert abs(times[-1] - ticks_90k(START_US + 1499 * 40_000)) <= 1


def test_a_drifting_camera_is_followed():
    times = run(5000, lambda number: START_US + number * 40_012)  # 300 ppm
    assert abs(times[-1] - ticks_90k(START_US + 4999 * 40_012)) < 100


def test_pictures_with_the_same_or_an_earlier_time_still_grow():
    time = LiveTime()
    stamps = [0, 3600, 3600, 1000, 7200]
    times = [time.of(dts, START_US) for dts in stamps]
    assert all(b > a for a, b in itertools.pairwise(times))


@pytest.mark.parametrize(
    ("distance_90k", "late_us", "is_broken"),
    [(3600, 0, False), (89_999, 0, False), (90_001, 0, True), (-3600, 0, True), (3600, 600_000, True),
     (3600, -600_000, True), (3600, 400_000, False)],
)  # fmt: skip
def test_what_begins_a_new_time_line(distance_90k, late_us, is_broken):
    time = LiveTime()
    assert not time.is_broken_by(123, START_US)
    time.of(0, START_US)
    wall_us = START_US + distance_90k * 100 // 9 + late_us
    assert time.is_broken_by(distance_90k, wall_us) is is_broken
