"""What a writer has to know of a stream before its next segment."""

import sqlite3
from dataclasses import dataclass

from vms.archive import chain
from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.rows import all_streams
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.span import Span, union

LOOK_BACK_US = US_PER_DAY  # so far before now, holes between footage are known one by one
MAX_US = (1 << 63) - 1
LEAST_ROOM_US = 2 * US_PER_SECOND  # a shorter hole is no room for a recording


@dataclass(slots=True)
class StreamState:
    """The next numbers of a stream in one volume, with the head of its chain."""

    next_sequence: int = 0
    next_run: int = 0
    head_link: bytes = chain.FIRST


def load_states(connection: sqlite3.Connection) -> dict[StreamKey, StreamState]:
    """All streams of the volume; call after recovery, when no file of theirs is open."""
    streams = all_streams(connection)
    rows = connection.execute("SELECT id, next_sequence, next_run, head_link FROM stream")
    return {streams[number]: StreamState(sequence, run, link) for number, sequence, run, link in rows}


@dataclass(frozen=True, slots=True)
class Recovered:
    """The time one volume's footage of a stream takes.

    `taken`: spans without overlap, by start. Everything up to a day before now is one span (its holes are past);
    after that each unbroken stretch is one, what lies in the future (a clock was ahead once) included.
    `past_end_us`: end of the newest footage that ended before now; 0 when there is none.
    """

    taken: tuple[Span, ...] = ()
    past_end_us: int = 0


def load_recovered(connection: sqlite3.Connection, now_us: int) -> dict[StreamKey, Recovered]:
    """What every stream of the volume takes; reads a day of a small index for each."""
    return {stream: _recovered(connection, number, now_us) for number, stream in all_streams(connection).items()}


def _recovered(connection: sqlite3.Connection, stream_id: int, now_us: int) -> Recovered:
    values = {"stream": stream_id, "now": now_us, "from": now_us - LOOK_BACK_US, "room": LEAST_ROOM_US}
    old_end_us = _newest_end_us(connection, stream_id, now_us - LOOK_BACK_US)
    # Only the borders leave SQLite: a clock that is years behind finds all its footage ahead.
    borders = connection.execute(
        "SELECT start_us, before_us FROM (SELECT start_us, lag(end_us) OVER (ORDER BY start_us) AS before_us"
        " FROM segment INDEXED BY segment_span WHERE stream_id = :stream AND start_us >= :from)"
        " WHERE before_us IS NULL OR start_us - before_us >= :room",
        values,
    ).fetchall()
    last_end_us = _newest_end_us(connection, stream_id, MAX_US)
    ends = [before_us for _, before_us in borders[1:]] + [last_end_us]
    spans = [Span(start_us, end_us) for (start_us, _), end_us in zip(borders, ends, strict=False)]
    if old_end_us:
        spans.append(Span(0, old_end_us))
    newest = connection.execute(
        "SELECT end_us FROM segment INDEXED BY segment_span WHERE stream_id = :stream AND start_us < :now"
        " ORDER BY start_us DESC LIMIT 2",
        values,
    ).fetchall()
    past = [end_us for (end_us,) in newest if end_us <= now_us]
    open_files = connection.execute(
        "SELECT start_us, end_us FROM open_file WHERE stream_id = :stream AND end_us > start_us", values
    ).fetchall()
    spans += [Span(*row) for row in open_files]
    past += [end_us for _, end_us in open_files if end_us <= now_us]
    return Recovered(tuple(union(spans)), max(past, default=0))


def _newest_end_us(connection: sqlite3.Connection, stream_id: int, before_us: int) -> int:
    """End of the last segment that starts before `before_us`; 0 when there is none."""
    row = connection.execute(
        "SELECT end_us FROM segment INDEXED BY segment_span WHERE stream_id = ? AND start_us < ?"
        " ORDER BY start_us DESC LIMIT 1",
        (stream_id, before_us),
    ).fetchone()
    return int(row[0]) if row else 0


def load_open_gaps(connection: sqlite3.Connection) -> dict[StreamKey, Gap]:
    """The newest gap of each stream that was never closed."""
    streams = all_streams(connection)
    rows = connection.execute(
        "SELECT stream_id, start_us, cause, detail FROM gap WHERE end_us IS NULL ORDER BY start_us"
    )
    return {streams[number]: Gap(start_us, None, Cause(cause), detail) for number, start_us, cause, detail in rows}
