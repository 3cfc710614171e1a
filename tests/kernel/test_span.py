from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.kernel.span import Span, subtract, union

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 20))


def moments(*of: Span) -> set[int]:
    return {at for span in of for at in range(span.start_us, span.end_us)}


@pytest.mark.parametrize("end", [5, 4])
def test_an_empty_or_reversed_span_is_refused(end):
    with pytest.raises(ValueError, match="ends after it starts"):
        Span(5, end)


def test_touching_spans_do_not_overlap():
    assert not Span(0, 5).overlaps(Span(5, 9))
    assert Span(0, 5).overlaps(Span(4, 9))


@given(spans, spans)
def test_overlap_cover_and_clip_mean_what_moments_say(one, two):
    shared = moments(one) & moments(two)
    assert one.overlaps(two) == bool(shared)
    assert one.covers(two) == (moments(two) <= moments(one))
    clipped = one.clip(two)
    assert (moments(clipped) if clipped else set()) == shared


@given(st.lists(spans, max_size=8))
def test_a_union_is_the_same_time_without_touching_parts(given_spans):
    merged = union(given_spans)
    assert moments(*merged) == moments(*given_spans)
    assert all(before.end_us < after.start_us for before, after in pairwise(merged))


@given(spans, st.lists(spans, max_size=8))
def test_what_is_left_is_the_whole_less_what_is_taken(whole, taken):
    rest = subtract(whole, taken)
    assert moments(*rest) == moments(whole) - moments(*taken)
    assert rest == sorted(rest)
