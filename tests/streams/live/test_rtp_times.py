"""Timestamps that never jump."""

import itertools

from streams.ntp_time import ntp_time
from streams.rtp_times import SQUEEZED_90K, RtpTimes


def test_a_burst_takes_no_time_and_the_camera_sets_the_pace_afterwards():
    times = RtpTimes(1000)
    stamps = [times.of(90_000 + 3600 * n, 5.0, is_squeezed=n < 3) for n in range(5)]
    assert [b - a for a, b in itertools.pairwise(stamps)] == [SQUEEZED_90K, SQUEEZED_90K, 3600, 3600]


def test_after_a_discontinuity_time_goes_on_by_what_passed():
    times = RtpTimes(0)
    before = times.of(10**12, 100.0, is_squeezed=False)
    times.interrupt()
    assert times.of(5, 102.5, is_squeezed=False) - before == 225_000
    times.interrupt()
    assert times.of(5, 102.5, is_squeezed=False) - before == 225_000 + 3600


def test_stamps_wrap_at_32_bits():
    times = RtpTimes(2**32 - 3600)
    assert times.of(0, 1.0, is_squeezed=False) == 0
    assert times.of(3600, 1.04, is_squeezed=False) == 3600


def test_pictures_out_of_order_are_noticed_but_not_across_a_discontinuity():
    times = RtpTimes(0)
    times.of(7200, 1.0, is_squeezed=False)
    assert times.goes_back(3600)
    assert not times.goes_back(7201)
    times.interrupt()
    assert not times.goes_back(3600)


def test_ntp_time_is_rfc_3550s():
    assert ntp_time(0) == 2_208_988_800 << 32
    assert ntp_time(500_000) & 0xFFFFFFFF == 1 << 31
