"""Finding the files of a stream that were written while its index took nothing."""

import sqlite3

from vms.archive.model import StreamKey
from vms.archive.rows import find_stream, last_sequence
from vms.archive.segment_name import day_name, day_span
from vms.archive.volume import Volume
from vms.archive.walk import FoundFile, day_files, stored_days
from vms.kernel.clock import US_PER_DAY

LOOKED_AT = 1500  # segments: a day of minutes, in which a clock may have been wrong
FOREIGN_DAYS = 7


def unindexed_files(volume: Volume, stream: StreamKey, now_us: int) -> list[FoundFile]:
    """Files whose sequence is above all that is indexed, in that order; lists a few days, not all that is kept.

    They lie where the newest indexed footage lies, or where the clock is now, or, when a clock that was wrong wrote
    the newest, behind what was written before it; or in a day of which the index knows nothing at all.
    """
    days = stored_days(volume, stream)
    with volume.index.read() as connection:
        stream_id = find_stream(connection, stream)
        newest = last_sequence(connection, stream_id) if stream_id is not None else -1
        starts = _newest_starts(connection, stream_id)
        unknown = [day for day in days if not _knows(connection, stream_id, day)]
    if starts:
        foreign = set(unknown) if len(unknown) <= FOREIGN_DAYS else set()  # more: the index is young, not the files
        days = [day for day in days if day in foreign or _may_hold(day, starts, now_us)]
    found = [file for day in days for file in day_files(volume, stream, day) if file.sequence > newest]
    return sorted(found, key=lambda file: file.sequence)


def _newest_starts(connection: sqlite3.Connection, stream_id: int | None) -> list[int]:
    """Starts of the newest segments by sequence, the newest first."""
    rows = connection.execute(
        "SELECT start_us FROM segment INDEXED BY segment_sequence WHERE stream_id = ? ORDER BY sequence DESC LIMIT ?",
        (stream_id, LOOKED_AT),
    )
    return [start_us for (start_us,) in rows]


def _knows(connection: sqlite3.Connection, stream_id: int | None, day: str) -> bool:
    """Whether the index has a segment of that day; a directory that is no day's holds none."""
    span = day_span(day)
    if span is None:
        return True
    return bool(
        connection.execute(
            "SELECT 1 FROM segment WHERE stream_id = ? AND start_us >= ? AND start_us < ? LIMIT 1",
            (stream_id, span.start_us, span.end_us),
        ).fetchone()
    )


def _may_hold(day: str, starts: list[int], now_us: int) -> bool:
    believed_us = max((start_us for start_us in starts if start_us <= now_us), default=starts[0])
    return day >= day_name(believed_us - US_PER_DAY) or any(
        day_name(at_us - US_PER_DAY) <= day <= day_name(at_us + US_PER_DAY) for at_us in (starts[0], now_us)
    )
