"""Dividing a large request into packages."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.footage.exports.parcels import MAX_PACKAGE_BYTES, MAX_PACKAGE_US, PIECE_US, Asked, parcels_of, pieces_of
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span

GB = 1_000_000_000


def asked(number, days, from_day=0.0):
    start_us = round((100 + from_day) * US_PER_DAY)
    return Asked(UUID(int=number), UUID(int=1000 + number), Span(start_us, start_us + round(days * US_PER_DAY)))


@pytest.mark.proves("edge-56")
def test_a_courts_ten_cameras_in_twenty_days_are_packages_of_ten_camera_days():
    items = [asked(number, 20) for number in range(10)]
    parcels = parcels_of((piece, 8 * GB) for item in items for piece in pieces_of(item))
    assert len(parcels) == 20
    assert [[part.span.duration_us // US_PER_DAY for part in one.parts] for one in parcels] == [[10]] * 20
    assert {one.size_bytes for one in parcels} == {80 * GB}


def test_a_package_that_would_be_too_large_for_a_disk_is_divided_sooner():
    parcels = parcels_of((piece, 43 * GB) for piece in pieces_of(asked(1, 5)))
    assert [one.size_bytes // GB for one in parcels] == [86, 86, 43]
    (alone, after) = parcels_of([(asked(1, 1), 2 * MAX_PACKAGE_BYTES), (asked(2, 1), GB)])
    assert (alone.size_bytes, after.size_bytes) == (2 * MAX_PACKAGE_BYTES, GB)


def test_days_without_footage_make_no_package_of_their_own():
    sizes = [0] * 15 + [GB] + [0] * 15
    (only,) = parcels_of(zip(pieces_of(asked(1, 31)), sizes, strict=True))
    assert (only.size_bytes, only.footage_us) == (GB, US_PER_DAY)
    assert only.parts == [asked(1, 31)]


@given(
    st.lists(
        st.tuples(
            st.floats(min_value=0.001, max_value=25),
            st.sampled_from([0, 0, 1, GB, 9 * GB, 60 * GB, 2 * MAX_PACKAGE_BYTES]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_everything_is_in_one_package_and_in_order(items):
    wanted = [asked(number, days) for number, (days, _) in enumerate(items)]
    pieces = [
        (piece, size_bytes)
        for one, (_, size_bytes) in zip(wanted, items, strict=True)
        for piece in pieces_of(one)
    ]  # fmt: skip
    assert all(piece.span.duration_us <= PIECE_US for piece, _ in pieces)
    parcels = parcels_of(pieces)
    joined = []
    for part in (part for one in parcels for part in one.parts):
        last = joined[-1] if joined else None
        if last is not None and last.item_id == part.item_id:
            assert last.span.end_us == part.span.start_us
            joined[-1] = Asked(part.item_id, part.camera_id, Span(last.span.start_us, part.span.end_us))
        else:
            joined.append(part)
    assert joined == wanted
    assert sum(one.size_bytes for one in parcels) == sum(size_bytes for _, size_bytes in pieces)
    for one in parcels:
        assert one.size_bytes or len(parcels) == 1
        assert one.footage_us <= MAX_PACKAGE_US
        assert one.size_bytes <= MAX_PACKAGE_BYTES or one.footage_us <= PIECE_US
