"""Decoding times from presentation times."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vms.media.decode_order import DecodeOrder


def test_without_reordering_decoding_is_presentation():
    order = DecodeOrder(0)
    assert [order.dts_90k(pts) for pts in (0, 3600, 7200, 14400)] == [0, 3600, 7200, 14400]


def test_b_frames_get_the_times_an_encoder_would_write():
    order = DecodeOrder(1)  # I P b P b, in decoding order
    assert [order.dts_90k(pts) for pts in (0, 7200, 3600, 14400, 10800)] == [-3600, 0, 3600, 7200, 10800]


def test_a_pyramid_of_depth_two():
    order = DecodeOrder(2)
    pts = [0, 14400, 7200, 3600, 10800, 28800, 21600, 18000, 25200]
    dts = [order.dts_90k(at) for at in pts]
    assert dts == [-7200, -3600, 0, 3600, 7200, 10800, 14400, 18000, 21600]
    assert all(d <= p for d, p in zip(dts, pts, strict=True))


def test_a_stream_that_hides_its_b_frames_teaches_the_depth():
    order = DecodeOrder(0)
    dts = [order.dts_90k(pts) for pts in (0, 10800, 3600, 7200, 21600, 14400, 18000)]
    assert order.depth == 1
    assert dts == sorted(set(dts))


@given(st.lists(st.integers(-(2**40), 2**40), max_size=200), st.integers(0, 20))
def test_decoding_times_only_ever_grow(presentation, depth):
    order = DecodeOrder(depth)
    dts = [order.dts_90k(pts) for pts in presentation]
    assert all(later > earlier for earlier, later in pairwise(dts))
