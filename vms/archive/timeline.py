"""When there is footage of a stream, and why there is none elsewhere."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from vms.archive.model import Cause, Gap, StreamKey, Timeline
from vms.archive.queries import first_start_us
from vms.archive.rows import find_stream
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.span import Span, subtract

JOIN_US = 100_000  # holes inside a run up to this are rounding of media time to wall time, not missing footage
WRITING_US = 30 * US_PER_SECOND  # a file being written tells how far it got every few seconds

_LONGEST_SEGMENT_US = 3600 * US_PER_SECOND  # far beyond `recorder.rotation.LONGEST_US`
_GAPS = "SELECT start_us, end_us, cause, detail FROM gap WHERE"

Footage = tuple[int, int, int]  # start_us, end_us, run


@dataclass(slots=True)
class Known:
    """What one volume knows of one stream in one span."""

    footage: list[Footage] = field(default_factory=list)
    writing_until_us: int | None = None
    deleted: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def read_known(connection: sqlite3.Connection, stream: StreamKey, span: Span) -> Known:
    """Range reads; costs grow with the span, not with the volume or with what was deleted or away before."""
    stream_id = find_stream(connection, stream)
    known = Known()
    if stream_id is None:
        return known
    known.footage = _read_footage(connection, stream_id, span)
    for sequence_start_us, end_us in connection.execute(
        "SELECT start_us, end_us FROM open_file WHERE stream_id = ? AND start_us < ? ORDER BY start_us",
        (stream_id, span.end_us),
    ):
        if end_us > sequence_start_us:
            known.footage.append((sequence_start_us, end_us, -1))
        known.writing_until_us = end_us
    known.deleted = connection.execute(
        "SELECT start_us, end_us FROM deletion WHERE stream_id = ? AND start_us > ? AND start_us < ? AND end_us > ?"
        " ORDER BY start_us",
        (stream_id, span.start_us - _LONGEST_SEGMENT_US, span.end_us, span.start_us),
    ).fetchall()
    known.gaps = [
        Gap(start_us, end_us, Cause(cause), detail)
        for start_us, end_us, cause, detail in connection.execute(
            # `+` keeps SQLite from the primary key, which would read all that ended long before what is asked for.
            f"{_GAPS} stream_id = ? AND end_us > ? AND +start_us < ?"
            f" UNION ALL {_GAPS} +stream_id = ? AND end_us IS NULL AND start_us < ?",
            (stream_id, span.start_us, span.end_us, stream_id, span.end_us),
        )
    ]
    known.gaps.sort(key=lambda gap: gap.start_us)
    return known


def _read_footage(connection: sqlite3.Connection, stream_id: int, span: Span) -> list[Footage]:
    """Runs as one row each where they are unbroken: added up inside SQLite, 30,000 rows cost a fifth."""
    where = "FROM segment INDEXED BY segment_span WHERE stream_id = :stream AND start_us >= :first AND start_us < :end"
    values = {
        "stream": stream_id,
        "first": first_start_us(connection, stream_id, span.start_us),
        "end": span.end_us,
    }
    footage = []
    runs = connection.execute(
        f"SELECT run, min(start_us), max(end_us), sum(end_us - start_us) {where} GROUP BY run",
        values,
    ).fetchall()
    for run, start_us, end_us, covered_us in runs:
        if end_us - start_us - covered_us <= JOIN_US:
            footage.append((start_us, end_us, run))
        else:
            sql = f"SELECT start_us, end_us, run {where} AND run = :run ORDER BY start_us"
            footage += connection.execute(sql, values | {"run": run})
    return footage


def build_timeline(known: Sequence[Known], span: Span, now_us: int, commissioned_us: int | None) -> Timeline:
    """Join what the volumes know: recordings, and gaps that fill all the rest up to `now_us`.

    A hole is explained by, in this order: the deletion log (`retention_expired`), what the recorder wrote down, the
    time before `commissioned_us` (`not_commissioned`); what is left is `unknown`. What a file being written has not
    told yet is no gap. A gap whose `end_us` is None is still going on.
    """
    footage = [row for one in known for row in one.footage]
    footage.sort()  # sorted runs one behind another: as good as a merge
    recordings = _join(footage, span)
    until_us = min(span.end_us, _known_until_us(known, now_us))
    if until_us <= span.start_us:
        return Timeline(span, recordings, [])
    holes = subtract(Span(span.start_us, until_us), recordings)
    gaps: list[Gap] = []
    for layer in _layers(known, recordings, commissioned_us, until_us):
        holes = _explain(holes, layer, gaps)
    gaps += [Gap(hole.start_us, hole.end_us, Cause.UNKNOWN) for hole in holes]
    gaps = _join_gaps(sorted(gaps, key=lambda gap: gap.start_us))
    running = {(gap.cause, gap.detail) for one in known for gap in one.gaps if gap.end_us is None}
    if gaps and gaps[-1].end_us == until_us == now_us and (gaps[-1].cause, gaps[-1].detail) in running:
        gaps[-1] = replace(gaps[-1], end_us=None)
    return Timeline(span, recordings, gaps)


def _known_until_us(known: Sequence[Known], now_us: int) -> int:
    for one in known:
        if one.writing_until_us is not None and now_us - one.writing_until_us < WRITING_US:
            return min(now_us, one.writing_until_us)
    return now_us


def _join(footage: Iterable[Footage], span: Span) -> list[Span]:
    """Coalesce rows by start; plain numbers in a plain loop, because a span may hold 30,000 of them."""
    joined: list[tuple[int, int]] = []
    from_us = until_us = run = None
    for start_us, end_us, row_run in footage:
        if until_us is not None and (start_us <= until_us or (row_run == run and start_us - until_us <= JOIN_US)):
            until_us = max(end_us, until_us)
        else:
            if from_us is not None and until_us is not None:
                joined.append((from_us, until_us))
            from_us, until_us = start_us, end_us
        run = row_run
    if from_us is not None and until_us is not None:
        joined.append((from_us, until_us))
    clipped = ((max(start_us, span.start_us), min(end_us, span.end_us)) for start_us, end_us in joined)
    return [Span(start_us, end_us) for start_us, end_us in clipped if start_us < end_us]


def _layers(
    known: Sequence[Known], recordings: list[Span], commissioned_us: int | None, until_us: int
) -> list[list[Gap]]:
    deleted = [(start_us, end_us, 0) for one in known for start_us, end_us in one.deleted]
    layers = []
    if deleted:
        whole = Span(min(row[0] for row in deleted), max(row[1] for row in deleted))
        joined = _join(sorted(deleted), whole)
        layers.append([Gap(span.start_us, span.end_us, Cause.RETENTION_EXPIRED) for span in joined])
    layers.append(_told(known, recordings, until_us))
    if commissioned_us is not None:
        layers.append([Gap(min(0, commissioned_us - 1), commissioned_us, Cause.NOT_COMMISSIONED)])
    return layers


def _told(known: Sequence[Known], recordings: list[Span], until_us: int) -> list[Gap]:
    """Gaps as the recorder wrote them; one that was never closed ends where footage or the next gap begins."""
    told = [gap for one in known for gap in one.gaps]
    borders = sorted({span.start_us for span in recordings} | {gap.start_us for gap in told})
    by_start: dict[int, Gap] = {}
    for gap in told:
        end_us = gap.end_us
        if end_us is None:
            if gap.start_us in by_start:
                continue  # another volume knows how it ended
            following = bisect_right(borders, gap.start_us)
            end_us = borders[following] if following < len(borders) else max(until_us, gap.start_us + 1)
        by_start[gap.start_us] = replace(gap, end_us=end_us)
    return _flatten(by_start[start_us] for start_us in sorted(by_start))


def _flatten(gaps: Iterable[Gap]) -> list[Gap]:
    """The same by start without overlap: where two reasons were told, the one that began later counts.

    A gap that ended by a clock far ahead reaches over all that happened until then.
    """
    flat: list[Gap] = []
    at_us = 0
    running: list[Gap] = []  # each began later than the one before it

    def tell(gap: Gap, until_us: int) -> None:
        nonlocal at_us
        if max(gap.start_us, at_us) < until_us:
            flat.append(replace(gap, start_us=max(gap.start_us, at_us), end_us=until_us))
            at_us = until_us

    for gap in gaps:
        while running and (running[-1].end_us or 0) <= gap.start_us:
            ended = running.pop()
            tell(ended, ended.end_us or 0)
        if running:
            tell(running[-1], gap.start_us)
        running.append(gap)
    while running:
        ended = running.pop()
        tell(ended, ended.end_us or 0)
    return flat


def _explain(holes: list[Span], layer: list[Gap], found: list[Gap]) -> list[Span]:
    """Move what `layer` (sorted, without overlap) explains of `holes` to `found`; returns what it leaves."""
    left: list[Span] = []
    position = 0
    for hole in holes:
        at_us = hole.start_us
        if position and (layer[position - 1].end_us or 0) > at_us:
            position -= 1  # it reaches from the hole before into this one
        for gap in layer[position:]:
            start_us, end_us = max(gap.start_us, at_us), min(gap.end_us or 0, hole.end_us)
            if gap.start_us >= hole.end_us:
                break
            position += 1
            if start_us >= end_us:
                continue
            if at_us < start_us:
                left.append(Span(at_us, start_us))
            found.append(replace(gap, start_us=start_us, end_us=end_us))
            at_us = end_us
        if at_us < hole.end_us:
            left.append(Span(at_us, hole.end_us))
    return left


def _join_gaps(gaps: list[Gap]) -> list[Gap]:
    joined: list[Gap] = []
    for gap in gaps:
        last = joined[-1] if joined else None
        if last and (last.end_us, last.cause, last.detail) == (gap.start_us, gap.cause, gap.detail):
            joined[-1] = replace(last, end_us=gap.end_us)
        else:
            joined.append(gap)
    return joined
