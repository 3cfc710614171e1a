"""Golden lines: what stamps go in, what times come out."""

from itertools import pairwise

import pytest

from recorder.rtp.timeline import Timeline

F = 3600


def run(stamps, arrivals_ms=None, back=()):
    timeline = Timeline()
    placed = []
    for index, stamp in enumerate(stamps):
        arrival_ms = arrivals_ms[index] if arrivals_ms else index * 40
        placed.append(timeline.place(stamp & 0xFFFFFFFF, 10**9 + arrival_ms * 1000, may_go_back=index in back))
    return placed


def steady(count, start=0):
    return [start + index * F for index in range(count)]


def test_a_steady_line_starts_at_zero():
    assert [p.pts_90k for p in run(steady(5, 77_777))] == steady(5)


def test_the_wrap_of_32_bits_is_invisible():
    placed = run(steady(100, 2**32 - 180_000))
    assert [p.pts_90k for p in placed] == steady(100)
    assert not any(p.is_retimed or p.is_new_line for p in placed)


@pytest.mark.parametrize("jump", [3600 * 90_000, -3600 * 90_000, 12 * 90_000, -11 * 90_000])
def test_a_jump_becomes_a_new_line_at_the_third_picture_that_agrees(jump):
    placed = run(steady(50) + steady(50, 50 * F + jump))
    assert [p.pts_90k for p in placed] == steady(100)  # nothing is lost, nothing runs away
    assert [i for i, p in enumerate(placed) if p.is_new_line] == [52]
    assert [i for i, p in enumerate(placed) if p.is_retimed] == [50, 51, 52]


def test_a_restart_at_zero_becomes_a_new_line():
    placed = run(steady(50, 10**9) + steady(50))
    assert [p.pts_90k for p in placed] == steady(100)
    assert [i for i, p in enumerate(placed) if p.is_new_line] == [52]


def test_a_jump_after_silence_keeps_the_time_that_passed():
    arrivals = [i * 40 for i in range(20)] + [i * 40 + 5_000 for i in range(20, 40)]
    placed = run(steady(20, 10**9) + steady(20), arrivals)
    assert placed[20].pts_90k - placed[19].pts_90k == 5_040 * 90
    assert [p.pts_90k for p in placed[20:]] == steady(20, placed[20].pts_90k)


def test_silence_without_a_jump_is_told_by_the_stamps():
    placed = run([0, F, 2 * F, 2 * F + 9 * 90_000])
    assert placed[3].pts_90k == 2 * F + 9 * 90_000
    assert not placed[3].is_retimed


def test_single_outliers_do_not_make_a_new_line():
    stamps = steady(300)
    for index in range(50, 300, 50):
        stamps[index] -= 9_800 * 90_000
    placed = run(stamps)
    assert [p.pts_90k for p in placed] == steady(300)
    assert not any(p.is_new_line for p in placed)
    assert [i for i, p in enumerate(placed) if p.is_retimed] == list(range(50, 300, 50))


def test_equal_stamps_in_pairs_get_times_in_between():
    stamps = [index // 2 * 2 * F for index in range(40)]
    placed = run(stamps)
    assert [p.pts_90k for p in placed] == steady(40)
    assert not any(p.is_new_line for p in placed)


def test_steps_of_one_tick_are_believed():
    placed = run([0, 1, 7200, 7201, 14400, 14401])
    assert [p.pts_90k for p in placed] == [0, 1, 7200, 7201, 14400, 14401]


def test_b_frames_go_back():
    stamps = [0, 3 * F, F, 2 * F, 6 * F, 4 * F, 5 * F, 9 * F, 7 * F, 8 * F]
    placed = run(stamps, back={2, 3, 5, 6, 8, 9})
    assert [p.pts_90k for p in placed] == stamps
    assert not any(p.is_retimed for p in placed)


def test_a_step_back_without_b_frames_is_replaced():
    placed = run([0, F, 2 * F, F, 4 * F])
    assert [p.pts_90k for p in placed] == [0, F, 2 * F, 3 * F, 4 * F]
    assert [p.is_retimed for p in placed] == [False, False, False, True, False]


def test_times_never_stand_still_or_go_back_whatever_comes():
    import random

    random.seed(7)
    placed = run([random.getrandbits(32) if random.random() < 0.5 else i * F for i in range(5_000)])
    times = [p.pts_90k for p in placed]
    assert all(later > earlier for earlier, later in pairwise(times))


def test_variable_frame_rates_pass_untouched():
    stamps = [0]
    for index in range(200):
        stamps.append(stamps[-1] + (900, 90_000, 3_600, 45_000)[index % 4])
    placed = run(stamps)
    assert [p.pts_90k for p in placed] == stamps
