"""Timestamps that tell the server's time, yet never jump."""

import itertools

import pytest

from streams.live_items import Picture
from streams.ntp_time import ntp_time
from streams.rtp_times import SQUEEZED_90K, RtpTimes
from vms.media.video_format import VideoFormat

FORMAT = VideoFormat("h264", (), (b"\x67sps",), (b"\x68pps",), 640, 360, "avc1.42001E", 0, ())
START_US = 1_763_700_000_000_000
START_90K = START_US * 9 // 100


def picture(number, *, pts_90k=None, late_us=0, is_sync=False):
    pts_90k = 3600 * number if pts_90k is None else pts_90k
    return Picture(FORMAT, b"\0\0\0\1\x65", pts_90k, START_US + number * 40_000 + late_us, is_sync or number == 0)


def test_timestamps_are_unix_time_in_ticks():
    times = RtpTimes()
    assert [times.of(picture(n)) for n in range(3)] == [(START_90K + 3600 * n) % 2**32 for n in range(3)]


def test_a_burst_ends_at_the_newest_pictures_true_time_and_the_camera_sets_the_pace_afterwards():
    times = RtpTimes()
    stamps = [*times.of_burst([picture(n) for n in range(3)]), times.of(picture(3))]
    assert [b - a for a, b in itertools.pairwise(stamps)] == [SQUEEZED_90K, SQUEEZED_90K, 3600]
    assert stamps[-1] == (START_90K + 3 * 3600) % 2**32


def test_a_repetition_fits_before_the_next_picture_however_long_it_is():
    for count in (1, 50, 900):
        times = RtpTimes()
        before = times.of(picture(10))
        again = times.of_repetition(count)
        following = times.of(picture(11))
        assert len(set(again)) == count
        assert before < again[0] <= again[-1] < following == before + 3600


def test_after_a_discontinuity_time_goes_on_by_what_passed():
    times = RtpTimes()
    before = times.of(picture(100, pts_90k=10**12))
    times.interrupt()
    assert times.of(picture(160, pts_90k=5)) - before == 60 * 3600


def test_a_clock_set_back_a_little_does_not_turn_time_back_but_one_set_back_an_hour_does():
    times = RtpTimes()
    before = times.of(picture(100))
    times.interrupt()
    after = times.of(picture(101, late_us=-3_000_000))
    assert after - before == 3600
    assert times.of(picture(102, late_us=-3_000_000)) - after == 3600 - 72
    times.interrupt()
    assert times.of(picture(103, late_us=-3_600_000_000)) < before


def test_a_clock_set_forward_or_far_back_while_pictures_come_is_followed_at_the_next_key_frame():
    for step_us in (2_100_000, 3_600_000_000, -3_600_000_000):
        times = RtpTimes()
        before = times.of(picture(100))
        pulled = times.of(picture(101, late_us=step_us))
        assert abs(pulled - before - 3600) == 72
        at_90k = (START_US + 102 * 40_000 + step_us) * 9 // 100
        assert times.of(picture(102, late_us=step_us, is_sync=True)) == at_90k % 2**32
        assert times.of(picture(103, late_us=step_us)) == (at_90k + 3600) % 2**32


@pytest.mark.parametrize(("step_us", "distance_90k"), [(-9_000_000, 3600 - 72), (1_900_000, 3600 + 72)])
def test_a_clock_set_less_while_pictures_come_is_pulled_after_over_all_key_frames(step_us, distance_90k):
    times = RtpTimes()
    before = times.of(picture(100))
    late = [times.of(picture(100 + n, late_us=step_us, is_sync=n % 25 == 1)) for n in range(1, 80)]
    assert {b - a for a, b in itertools.pairwise([before, *late])} == {distance_90k}


def test_stamps_wrap_at_32_bits():
    times = RtpTimes()
    start = 2**32 * 100 // 9 * 40_000  # a multiple of the wrap in ticks, nearly
    first = times.of(Picture(FORMAT, b"", 0, start, True))
    assert 0 <= first < 2**32


def test_pictures_out_of_order_are_noticed_but_not_across_a_discontinuity():
    times = RtpTimes()
    times.of(picture(2))
    assert times.goes_back(picture(1))
    assert not times.goes_back(picture(3))
    times.interrupt()
    assert not times.goes_back(picture(1))


def test_ntp_time_is_rfc_3550s():
    assert ntp_time(0) == 2_208_988_800 << 32
    assert ntp_time(500_000) & 0xFFFFFFFF == 1 << 31
