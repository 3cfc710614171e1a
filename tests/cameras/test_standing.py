"""Where a camera stood: which place counts in an interval, where it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.cameras.standing import Standing, joined, moves_in, parts_of, standings_in
from vms.kernel.span import Span

SQUARE = Standing(100, 200, 7, "Kamera", "Meydan")
RENUMBERED = Standing(200, 300, 12, "Kamera", "Meydan")
FOUNTAIN = Standing(300, None, 12, "Kamera", "Çeşme")
KNOWN = [SQUARE, RENUMBERED, FOUNTAIN]


@pytest.mark.proves("edge-18")
def test_an_interval_over_a_move_has_both_places():
    assert standings_in(KNOWN, [Span(299, 301)]) == [RENUMBERED, FOUNTAIN]
    assert standings_in(KNOWN, [Span(200, 300)]) == [RENUMBERED]
    assert standings_in(KNOWN, [Span(100, 110), Span(400, 500)]) == [SQUARE, FOUNTAIN]


def test_time_that_no_row_names_is_of_the_nearest():
    assert standings_in(KNOWN, [Span(1, 100)]) == [SQUARE]
    gone = [Standing(100, 200, 7, "Kamera", "Meydan")]
    assert standings_in(gone, [Span(200, 300)]) == gone
    assert standings_in([], [Span(1, 2)]) == []
    assert parts_of([], Span(1, 2)) == []


def test_another_number_alone_is_no_move():
    assert moves_in(KNOWN, Span(150, 290)) == []
    assert moves_in(KNOWN, Span(150, 350)) == [300]
    assert moves_in(KNOWN, Span(300, 350)) == [], "it stood there from the first moment on"


def test_places_are_joined_in_their_order():
    assert joined(["Meydan", "Meydan", "", "Çeşme", "Meydan"]) == "Meydan → Çeşme → Meydan"


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6), st.integers(0, 400), st.integers(1, 200))
def test_the_parts_of_an_interval_are_the_interval(lengths, start, length):
    at, known = 100, []
    for index, one in enumerate(lengths):
        known.append(Standing(at, at + one, index + 1, "Kamera", f"Yer {index}"))
        at += one
    span = Span(start, start + length)
    parts = [part for part, _ in parts_of(known, span)]
    assert (parts[0].start_us, parts[-1].end_us) == (span.start_us, span.end_us)
    assert [one.end_us for one in parts[:-1]] == [one.start_us for one in parts[1:]]
