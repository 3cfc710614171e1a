import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vms.archive.model import Cause, Gap
from vms.archive.rows import need_stream
from vms.archive.timeline import JOIN_US, WRITING_US, Known, build_timeline, read_known
from vms.kernel.span import Span

S = 1_000_000
NOW = 1000 * S


def whole(known: list[Known], start: int = 0, end: int = 100 * S, now: int = NOW, commissioned: int | None = None):
    line = build_timeline(known, Span(start, end), now, commissioned)
    return [(span.start_us // S, span.end_us // S) for span in line.recordings], [
        (gap.start_us // S, gap.end_us and gap.end_us // S, gap.cause.value) for gap in line.gaps
    ]


def footage(*spans: tuple[int, int], run: int = 0) -> Known:
    return Known([(start * S, end * S, run) for start, end in spans])


@pytest.mark.proves("D-10.2c")
def test_every_hole_has_a_cause():
    known = footage((20, 30), (30, 40), (60, 70))
    known.deleted = [(10 * S, 15 * S), (15 * S, 20 * S)]
    known.gaps = [Gap(35 * S, 50 * S, Cause.CAMERA_OFFLINE), Gap(55 * S, None, Cause.NETWORK)]
    assert whole([known], commissioned=5 * S) == (
        [(20, 40), (60, 70)],
        [
            (0, 5, "not_commissioned"),
            (5, 10, "unknown"),
            (10, 20, "retention_expired"),
            (40, 50, "camera_offline"),
            (50, 55, "unknown"),
            (55, 60, "network"),  # never closed, so it ended where footage began
            (70, 100, "unknown"),
        ],
    )


def test_an_empty_archive_is_one_unknown_hole():
    assert whole([]) == ([], [(0, 100, "unknown")])
    assert whole([Known()], commissioned=NOW) == ([], [(0, 100, "not_commissioned")])


def test_volumes_are_one_archive():
    assert whole([footage((0, 10), (30, 100)), footage((10, 30))]) == ([(0, 100)], [])


def test_rounding_inside_a_run_is_no_hole_but_between_runs_it_is():
    known = Known([(0, 50 * S, 1), (50 * S + JOIN_US, 60 * S, 1), (60 * S + JOIN_US, 100 * S, 2)])
    line = build_timeline([known], Span(0, 100 * S), NOW, None)
    assert len(line.recordings) == 2
    assert line.gaps == [Gap(60 * S, 60 * S + JOIN_US, Cause.UNKNOWN)]


def test_the_file_being_written_is_footage_and_what_it_has_not_told_is_no_gap():
    known = Known([(0, 90 * S, 0), (90 * S, 95 * S, -1)], writing_until_us=95 * S)
    assert whole([known], now=99 * S) == ([(0, 95)], [])
    late = 95 * S + WRITING_US
    assert whole([known], end=late, now=late) == ([(0, 95)], [(95, 125, "unknown")])


def test_the_future_is_no_gap():
    assert whole([footage((0, 10))], now=20 * S) == ([(0, 10)], [(10, 20, "unknown")])
    assert whole([], start=30 * S, now=20 * S) == ([], [])


def test_a_gap_that_goes_on_has_no_end():
    known = footage((0, 10))
    known.gaps = [Gap(10 * S, None, Cause.CAMERA_OFFLINE, "refused")]
    line = build_timeline([known], Span(0, 100 * S), 50 * S, None)
    assert line.gaps == [Gap(10 * S, None, Cause.CAMERA_OFFLINE, "refused")]


def test_how_a_gap_ended_is_known_to_the_volume_that_was_there():
    one, two = footage((0, 10)), Known()
    one.gaps = [Gap(10 * S, None, Cause.DISK_FAILURE)]
    two.gaps = [Gap(10 * S, 20 * S, Cause.DISK_FAILURE)]
    expected = ([(0, 10)], [(10, 20, "disk_failure"), (20, 100, "unknown")])
    assert whole([one, two]) == whole([two, one]) == expected


def test_a_gap_that_ended_by_a_clock_far_ahead_hides_no_later_reason():
    known = footage((0, 10), (40, 50), (60, 70))
    known.gaps = [Gap(10 * S, 90 * S, Cause.RECORDER_DOWN), Gap(50 * S, 60 * S, Cause.CAMERA_OFFLINE)]
    assert whole([known])[1] == [(10, 40, "recorder_down"), (50, 60, "camera_offline"), (70, 90, "recorder_down"),
                                 (90, 100, "unknown")]  # fmt: skip


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8)


@settings(deadline=None, max_examples=100)
@given(spans, spans, spans, st.integers(0, 60), st.integers(1, 80))
def test_recordings_and_gaps_fill_the_span_without_overlap(recorded, deleted, gaps, commissioned, now):
    """Compared second by second with the definition."""
    taken, rows = set(), []
    for start, length in sorted(recorded):
        if taken.isdisjoint(range(start, start + length)):
            taken |= set(range(start, start + length))
            rows.append((start * S, (start + length) * S, 0))
    gone = {second for start, length in deleted for second in range(start, start + length)}
    told = dict(gaps)
    known = Known(rows, None, sorted((start * S, (start + length) * S) for start, length in deleted))
    known.gaps = [Gap(start * S, (start + told[start]) * S, Cause.NETWORK) for start in sorted(told)]
    offline = {second for start, length in told.items() for second in range(start, start + length)}

    line = build_timeline([known], Span(0, 80 * S), now * S, commissioned * S)

    found = {}
    for span in line.recordings:
        found |= dict.fromkeys(range(span.start_us // S, span.end_us // S), "footage")
    for gap in line.gaps:
        seconds = range(gap.start_us // S, gap.end_us // S)
        assert not found.keys() & set(seconds)
        found |= dict.fromkeys(seconds, gap.cause.value)
    for second in range(80):
        if second in taken:
            expected = "footage"
        elif second >= now:
            expected = None
        elif second in gone:
            expected = "retention_expired"
        elif second in offline:
            expected = "network"
        else:
            expected = "not_commissioned" if second < commissioned else "unknown"
        assert found.get(second) == expected, second


@pytest.mark.parametrize("years", [1, 20])
def test_what_was_deleted_or_away_long_ago_costs_nothing(volume, key, years):
    """Counted in steps of SQLite's machine: a deleted segment and a gap a day."""
    day_us, now_us = 86_400 * S, 30 * 365 * 86_400 * S
    with volume.index.write() as connection:
        stream = need_stream(connection, key)
        for back in range(years * 365):
            start_us = now_us - (25 + back) * day_us
            values = (stream, back, start_us, start_us + 60 * S, start_us + 30 * day_us)
            connection.execute(
                "INSERT INTO deletion VALUES (?, ?, ?, ?, 1, zeroblob(32), zeroblob(32), ?, 'retention', 21)", values
            )
            connection.execute("INSERT INTO gap VALUES (?, ?, ?, 'network', '')", (stream, start_us - S, start_us))
        connection.execute("INSERT INTO gap VALUES (?, ?, NULL, 'camera_offline', '')", (stream, now_us - 30 * day_us))
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    with volume.index.read() as connection:
        connection.set_progress_handler(count, 10)
        known = read_known(connection, key, Span(now_us - day_us, now_us))
        connection.set_progress_handler(None, 0)
        of_old = read_known(connection, key, Span(now_us - 26 * day_us, now_us - 25 * day_us + 30 * S))
    assert (known.deleted, [gap.cause for gap in known.gaps]) == ([], [Cause.CAMERA_OFFLINE])
    assert len(of_old.deleted) == 2
    assert [gap.cause for gap in of_old.gaps] == [Cause.CAMERA_OFFLINE, Cause.NETWORK]
    assert steps < 50
