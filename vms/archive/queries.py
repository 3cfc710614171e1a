"""What one index knows of segments."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vms.archive.closed_segment import Gop, unpack_gops
from vms.archive.model import Flag, Segment, StreamKey
from vms.archive.rows import all_streams, find_stream
from vms.archive.segment_name import segment_path
from vms.kernel.span import Span

_COLUMNS = (
    "start_us, end_us, sequence, run, size_bytes, duration_90k, samples, flags, lost_packets, mask_version,"
    " clock_offset_us, clock_error_us, segment.sha256, link, codec, width, height"
)
_SELECT = f"SELECT {_COLUMNS} FROM segment JOIN init ON init.id = init_id WHERE stream_id = ?"  # noqa: S608


def segments_in(connection: sqlite3.Connection, stream: StreamKey, span: Span) -> list[Segment]:
    """Closed segments that share at least a microsecond with `span`, by start."""
    return list(iterate_segments(connection, stream, span))


def iterate_segments(connection: sqlite3.Connection, stream: StreamKey, span: Span | None = None) -> Iterator[Segment]:
    """The same one by one; without a span all of the stream."""
    stream_id = find_stream(connection, stream)
    if stream_id is None:
        return
    if span is None:
        cursor = connection.execute(f"{_SELECT} ORDER BY start_us", (stream_id,))
    else:
        first_us = first_start_us(connection, stream_id, span.start_us)
        cursor = connection.execute(
            f"{_SELECT} AND start_us >= ? AND start_us < ? AND end_us > ? ORDER BY start_us",
            (stream_id, first_us, span.end_us, span.start_us),
        )
    for row in cursor:
        yield _segment(stream, row)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many segments with how many bytes."""

    segments: int
    size_bytes: int


def amount_in(connection: sqlite3.Connection, stream: StreamKey, span: Span) -> Amount:
    """The closed segments that share at least a microsecond with `span`, added up inside SQLite."""
    stream_id = find_stream(connection, stream)
    if stream_id is None:
        return Amount(0, 0)
    segments, size_bytes = connection.execute(
        "SELECT count(*), coalesce(sum(size_bytes), 0) FROM segment"
        " WHERE stream_id = ? AND start_us >= ? AND start_us < ? AND end_us > ?",
        (stream_id, first_start_us(connection, stream_id, span.start_us), span.end_us, span.start_us),
    ).fetchone()
    return Amount(segments, size_bytes)


def first_start_us(connection: sqlite3.Connection, stream_id: int, at_us: int) -> int:
    """Start of the last segment that begins at or before `at_us`; `at_us` when there is none.

    Segments do not overlap, so none before it reaches `at_us`.
    """
    (start_us,) = connection.execute(
        "SELECT max(start_us) FROM segment WHERE stream_id = ? AND start_us <= ?", (stream_id, at_us)
    ).fetchone()
    return at_us if start_us is None else int(start_us)


def edge_segment(connection: sqlite3.Connection, stream: StreamKey, *, newest: bool) -> Segment | None:
    """The newest or the oldest segment of the stream."""
    order = "DESC" if newest else "ASC"
    row = connection.execute(
        f"{_SELECT} ORDER BY start_us {order} LIMIT 1", (find_stream(connection, stream),)
    ).fetchone()
    return row and _segment(stream, row)


def gops_of(connection: sqlite3.Connection, stream: StreamKey, span: Span) -> dict[int, list[Gop]]:
    """Where key frames lie, by the sequence of each segment that touches `span`."""
    stream_id = find_stream(connection, stream)
    if stream_id is None:
        return {}
    rows = connection.execute(
        "SELECT segment.sequence, gops FROM segment JOIN segment_gops USING (stream_id, sequence)"
        " WHERE stream_id = ? AND start_us >= ? AND start_us < ? AND end_us > ? ORDER BY start_us",
        (stream_id, first_start_us(connection, stream_id, span.start_us), span.end_us, span.start_us),
    )
    return {sequence: unpack_gops(gops) for sequence, gops in rows}


def known_streams(connection: sqlite3.Connection) -> list[StreamKey]:
    """Every stream that ever wrote here."""
    return list(all_streams(connection).values())


def _segment(stream: StreamKey, row: tuple[Any, ...]) -> Segment:
    start_us, end_us, sequence, run, size_bytes, duration_90k, samples, flags = row[:8]
    path = segment_path(stream, start_us, sequence)
    return Segment(
        stream, Span(start_us, end_us), sequence, run, size_bytes, duration_90k, samples, Flag(flags), *row[8:], path
    )  # type: ignore[call-arg]
