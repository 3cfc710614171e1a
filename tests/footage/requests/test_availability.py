"""The matrix: days, hours, what of each exists."""

from datetime import date
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from vms.footage.availability import Found, Missing, Wanted, found_json, look, state_of
from vms.footage.cells import BY_HOUR_US, HOUR_US, cells_of
from vms.footage.rules import State
from vms.kernel.days import start_us
from vms.kernel.span import Span, subtract

DAY = start_us(date(2025, 7, 1))


def found(span, *recordings):
    wanted = Wanted(uuid4(), span, False, 0)
    return Found(wanted, recordings, [Missing(one, "network") for one in subtract(span, recordings)])


def test_days_are_cut_at_the_municipalitys_midnights():
    span = Span(DAY + 5 * HOUR_US, DAY + 3 * 24 * HOUR_US + HOUR_US)
    cells = cells_of(found(span, span))
    assert [cell.span.start_us for cell in cells] == [span.start_us, *(DAY + n * 24 * HOUR_US for n in (1, 2, 3))]
    assert all(cell.covered_us == cell.span.duration_us for cell in cells)


def test_up_to_two_days_are_shown_by_the_hour():
    span = Span(DAY + HOUR_US // 2, DAY + 3 * HOUR_US)
    hole = Span(DAY + HOUR_US, DAY + HOUR_US + 60_000_000)
    cells = cells_of(found(span, Span(span.start_us, hole.start_us), Span(hole.end_us, span.end_us)))
    assert [cell.covered_us for cell in cells] == [HOUR_US // 2, HOUR_US - 60_000_000, HOUR_US]
    assert [cell.holes for cell in cells] == [0, 1, 0]
    assert len(cells_of(found(Span(DAY, DAY + BY_HOUR_US)))) == 48
    assert len(cells_of(found(Span(DAY, DAY + BY_HOUR_US + 1)))) == 3


def test_what_lies_before_the_window_is_marked():
    span = Span(DAY, DAY + 3 * HOUR_US)
    outside = [cell.is_outside for cell in cells_of(found(span), Span(DAY + HOUR_US, span.end_us))]
    assert outside == [True, False, False]


def test_the_cell_in_which_a_camera_was_moved_says_so():
    span = Span(DAY, DAY + 3 * HOUR_US)
    moved = [cell.is_moved for cell in cells_of(found(span), None, [DAY + HOUR_US])]
    assert moved == [False, True, False]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=12), st.integers(1, 260))
def test_cells_add_up_to_what_exists(pieces, hours):
    span = Span(DAY, DAY + hours * HOUR_US)
    taken, at = [], DAY
    for skip, length in pieces:
        piece = Span(at + skip * HOUR_US // 7, at + skip * HOUR_US // 7 + length * HOUR_US // 5).clip(span)
        if piece is None:
            break
        taken.append(piece)
        at = piece.end_us + 1
    one = found(span, *taken)
    cells = cells_of(one)
    assert sum(cell.covered_us for cell in cells) == one.covered_us
    assert [cell.span.end_us for cell in cells[:-1]] == [cell.span.start_us for cell in cells[1:]]
    assert (cells[0].span.start_us, cells[-1].span.end_us) == (span.start_us, span.end_us)


def test_all_some_and_nothing():
    span = Span(0, 10)
    assert state_of([found(span, span)]) is State.AVAILABLE
    assert state_of([found(span, span), found(span)]) is State.PARTIALLY_AVAILABLE
    assert state_of([found(span)]) is State.UNAVAILABLE


def test_looking_adds_up_segments_and_names_every_hole(office):
    begin_us = office.film(days=1, size_bytes=7_000)
    wanted = Wanted(office.camera(), Span(begin_us - HOUR_US, office.ago()), False, begin_us)
    (one,) = look(office.archive, [wanted], office.clock.now_us())
    assert (one.amount.segments, one.amount.size_bytes) == (24, 24 * 7_000)
    assert [(hole.span, hole.cause) for hole in one.missing] == [
        (Span(begin_us - HOUR_US, begin_us), "not_commissioned")
    ]
    assert found_json(one)["covered_us"] == 24 * HOUR_US
