import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.archive.coverage import BRIDGED_US, EXPLAINED_SLACK_US, UNEXPLAINED_SLACK_US, coverage, wanted_span
from vms.archive.model import Cause, Gap, Timeline
from vms.archive.timeline import Known, build_timeline
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span

NOW = 100 * US_PER_DAY
S = 1_000_000
HOUR = 3600 * S
MONTHS_AGO = NOW - 60 * US_PER_DAY


def judged(footage, told=(), commissioned=MONTHS_AGO, start=NOW - 21 * US_PER_DAY, deleted=()):
    known = Known([(a, b, run) for run, (a, b) in enumerate(footage)], gaps=list(told), deleted=list(deleted))
    timeline = build_timeline([known], Span(start, NOW), NOW, commissioned)
    return coverage(timeline, NOW, commissioned, 20)


@pytest.mark.proves("D-9.1d")
def test_twenty_unbroken_days_are_proven():
    found = judged([(NOW - 21 * US_PER_DAY, NOW)])
    assert found.is_proven
    assert (found.covered_fraction, found.missing_us, found.unknown) == (1.0, {}, [])
    assert found.oldest_us == found.continuous_since_us == NOW - 21 * US_PER_DAY
    assert found.wanted == Span(NOW - 20 * US_PER_DAY, NOW)


@pytest.mark.proves("D-9.1d", "D-10.2c")
def test_what_is_missing_is_told_by_cause():
    footage = [
        (NOW - 21 * US_PER_DAY, NOW - 5 * US_PER_DAY),
        (NOW - 4 * US_PER_DAY, NOW - HOUR),
        (NOW - HOUR + 90 * S, NOW),
    ]
    told = [Gap(NOW - 5 * US_PER_DAY, NOW - 4 * US_PER_DAY - HOUR, Cause.CAMERA_OFFLINE, "timeout")]
    found = judged(footage, told)
    assert not found.is_proven
    assert found.missing_us == {Cause.CAMERA_OFFLINE: US_PER_DAY - HOUR, Cause.UNKNOWN: HOUR + 90 * S}
    assert found.missing_in_all_us == US_PER_DAY + 90 * S
    assert found.covered_fraction == pytest.approx(1 - (US_PER_DAY + 90 * S) / (20 * US_PER_DAY))
    assert found.unknown == [
        Gap(NOW - 4 * US_PER_DAY - HOUR, NOW - 4 * US_PER_DAY, Cause.UNKNOWN),
        Gap(NOW - HOUR, NOW - HOUR + 90 * S, Cause.UNKNOWN),
    ]
    assert found.continuous_since_us == NOW - HOUR + 90 * S


@pytest.mark.proves("D-9.1d")
@pytest.mark.parametrize(
    ("cause", "length", "is_proven"),
    [
        (Cause.CAMERA_OFFLINE, EXPLAINED_SLACK_US, True),
        (Cause.CAMERA_OFFLINE, EXPLAINED_SLACK_US + 1, False),
        (Cause.DISK_FAILURE, EXPLAINED_SLACK_US + 1, False),
        (None, UNEXPLAINED_SLACK_US, True),
        (None, UNEXPLAINED_SLACK_US + 1, False),
    ],
)
def test_an_explained_hour_leaves_the_proof_whole_an_unexplained_minute_breaks_it(cause, length, is_proven):
    at = NOW - 9 * US_PER_DAY
    told = [Gap(at, at + length, cause)] if cause else []
    assert judged([(NOW - 21 * US_PER_DAY, at), (at + length, NOW)], told).is_proven is is_proven


@pytest.mark.proves("D-9.1d", "D-9.1a")
def test_footage_that_was_deleted_before_its_day_is_no_proof():
    gone = (NOW - 20 * US_PER_DAY, NOW - 20 * US_PER_DAY + 5 * 60 * S)
    found = judged([(gone[1], NOW)], deleted=[gone])
    assert found.missing_us == {Cause.RETENTION_EXPIRED: 5 * 60 * S}
    assert not found.is_proven


def test_what_expired_in_its_time_is_not_missing():
    found = judged([(NOW - 20 * US_PER_DAY, NOW)], deleted=[(NOW - 21 * US_PER_DAY, NOW - 20 * US_PER_DAY)])
    assert found.is_proven
    assert found.missing_us == {}


@pytest.mark.proves("D-9.1d")
def test_days_count_from_commissioning():
    commissioned = NOW - 3 * US_PER_DAY
    found = judged(
        [(commissioned + 30 * S, NOW)], [Gap(commissioned, commissioned + 30 * S, Cause.RECORDER_DOWN)], commissioned
    )
    assert found.is_proven
    assert found.wanted == Span(commissioned, NOW)
    assert found.missing_us == {Cause.RECORDER_DOWN: 30 * S}
    assert found.continuous_since_us == commissioned + 30 * S


def test_a_camera_that_never_delivered_is_not_proven_however_young():
    commissioned = NOW - HOUR // 2
    found = judged([], [Gap(commissioned, None, Cause.CAMERA_OFFLINE)], commissioned)
    assert not found.is_proven
    assert (found.oldest_us, found.continuous_since_us, found.covered_fraction) == (None, None, 0.0)
    just_now = NOW - 60 * S
    assert judged([], [Gap(just_now, None, Cause.RECORDER_DOWN)], just_now).is_proven


@pytest.mark.proves("D-9.1d")
@pytest.mark.parametrize(("minutes_missing", "is_proven"), [(18, True), (19, False)])
def test_a_young_camera_may_lack_a_twentieth(minutes_missing, is_proven):
    commissioned = NOW - 6 * HOUR
    until = commissioned + minutes_missing * 60 * S
    assert judged([(until, NOW)], [Gap(commissioned, until, Cause.NETWORK)], commissioned).is_proven is is_proven


def test_a_camera_that_is_not_in_service_yet_owes_nothing():
    found = judged([], commissioned=NOW + HOUR)
    assert (found.is_proven, found.wanted, found.covered_fraction) == (True, None, 1.0)


def test_footage_that_ended_is_not_continuous():
    found = judged([(NOW - 21 * US_PER_DAY, NOW - 60 * S)], [Gap(NOW - 60 * S, None, Cause.NETWORK)])
    assert found.continuous_since_us is None
    assert found.is_proven
    assert found.missing_us == {Cause.NETWORK: 60 * S}


def test_a_moment_without_the_line_breaks_no_run():
    at = NOW - 2 * US_PER_DAY
    footage = [(NOW - 21 * US_PER_DAY, at), (at + BRIDGED_US, NOW)]
    assert judged(footage).continuous_since_us == NOW - 21 * US_PER_DAY
    footage[1] = (at + BRIDGED_US + 1, NOW)
    assert judged(footage).continuous_since_us == at + BRIDGED_US + 1


def test_half_a_time_line_is_refused():
    with pytest.raises(ValueError, match="does not hold"):
        coverage(Timeline(Span(NOW - US_PER_DAY, NOW)), NOW, None, 20)


@given(
    st.lists(st.tuples(st.integers(0, 21 * 86_400), st.integers(1, 86_400)), max_size=8),
    st.integers(0, 30),
)
def test_what_is_covered_is_what_recordings_hold(pieces, commissioned_days):
    footage = sorted(
        (NOW - 21 * US_PER_DAY + at * S, min(NOW, NOW - 21 * US_PER_DAY + (at + length) * S)) for at, length in pieces
    )
    footage = [(a, b) for a, b in footage if a < b]
    commissioned = NOW - commissioned_days * US_PER_DAY
    timeline = build_timeline(
        [Known([(a, b, run) for run, (a, b) in enumerate(footage)])],
        Span(NOW - 21 * US_PER_DAY, NOW),
        NOW,
        commissioned,
    )
    found = coverage(timeline, NOW, commissioned, 20)
    wanted = wanted_span(NOW, commissioned, 20)
    if wanted is None:
        assert found.covered_fraction == 1.0
        return
    held_us = sum(part.duration_us for span in timeline.recordings if (part := span.clip(wanted)))
    assert found.missing_in_all_us == wanted.duration_us - held_us
    assert found.covered_fraction == pytest.approx(held_us / wanted.duration_us)
