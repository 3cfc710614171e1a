"""Where a gap ended that nobody closed: at the footage written after it."""

import sqlite3

from vms.archive.gap_log import TOLD, note_gaps
from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.rows import find_stream, put_gap
from vms.archive.volume import Volume


def next_footage_us(connection: sqlite3.Connection, stream: StreamKey, gap_us: int, now_us: int) -> int | None:
    """Start of the first footage that ends a gap of `gap_us`, as this volume knows; None while the gap goes on.

    Only what has a higher sequence than the last footage before the gap counts, for a clock that was ahead leaves
    older footage behind later times; and nothing later than `now_us`, for that cannot have happened yet.
    """
    (start_us,) = connection.execute(
        "SELECT min(start_us) FROM segment WHERE stream_id = :stream AND start_us BETWEEN :gap AND :now AND sequence >"
        " coalesce((SELECT sequence FROM segment WHERE stream_id = :stream AND start_us < :gap"
        "           ORDER BY start_us DESC LIMIT 1), -1)",
        {"stream": find_stream(connection, stream), "gap": gap_us, "now": now_us},
    ).fetchone()
    return None if start_us is None else int(start_us)


def end_gap(volume: Volume, connection: sqlite3.Connection, stream: StreamKey, gap_us: int, end_us: int) -> None:
    """Close the gap that began at `gap_us`, in the index and beside it; one that would end where it began never was."""
    row = connection.execute(
        "SELECT cause, detail FROM gap WHERE stream_id = ? AND start_us = ?", (find_stream(connection, stream), gap_us)
    ).fetchone()
    if row is not None:
        gap = Gap(gap_us, end_us, Cause(row[0]), row[1])
        put_gap(connection, stream, gap)
        note_gaps(volume, TOLD, [(stream, gap)])
