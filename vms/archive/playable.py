"""Segments as a player sees them: where their pictures lie in files."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from vms.archive.closed_segment import gop_pairs, media_end_us
from vms.archive.model import Flag, StreamKey
from vms.archive.queries import first_start_us
from vms.archive.rows import find_stream
from vms.kernel.span import Span

_SELECT = (
    "SELECT start_us, end_us, segment.sequence, size_bytes, duration_90k, flags, init_id, sha256, gops FROM segment"
    " LEFT JOIN segment_gops USING (stream_id, sequence) WHERE stream_id = ?"
)


@dataclass(frozen=True, slots=True)
class Playable:
    """One file of footage.

    `gops`: (offset, start_90k) of each fragment that begins with a key frame, in order. Bytes up to `init_bytes` are
    the init segment; media ends at `end_bytes`, which for a file still being written (`sha256` None) is the end of
    its last whole seal.
    """

    volume: UUID
    stream: StreamKey
    sequence: int
    start_us: int
    end_us: int
    init_bytes: int
    end_bytes: int
    duration_90k: int
    gops: Sequence[tuple[int, int]]
    flags: Flag
    sha256: bytes | None

    @property
    def is_running(self) -> bool:
        """Whether it is still being written."""
        return self.sha256 is None

    def wall_us(self, media_90k: int) -> int:
        """When a moment of its media was."""
        return media_end_us(self.start_us, media_90k)


def playables_in(connection: sqlite3.Connection, volume: UUID, stream: StreamKey, span: Span) -> list[Playable]:
    """Closed segments that touch `span`, by start; no file is opened."""
    stream_id = find_stream(connection, stream)
    if stream_id is None:
        return []
    cursor = connection.execute(
        f"{_SELECT} AND start_us >= ? AND start_us < ? AND end_us > ? ORDER BY start_us",
        (stream_id, first_start_us(connection, stream_id, span.start_us), span.end_us, span.start_us),
    )
    return list(_playables(connection, volume, stream, cursor.fetchall()))


def playable_numbered(
    connection: sqlite3.Connection, volume: UUID, stream: StreamKey, sequence: int
) -> Playable | None:
    """The closed segment with this number; None when there is none (any more)."""
    rows = connection.execute(
        f"{_SELECT} AND segment.sequence = ?", (find_stream(connection, stream), sequence)
    ).fetchall()
    return next(_playables(connection, volume, stream, rows), None)


def was_deleted(connection: sqlite3.Connection, stream: StreamKey, sequence: int) -> bool:
    """Whether the deletion log has the segment."""
    sql = "SELECT 1 FROM deletion WHERE stream_id = ? AND sequence = ?"
    return connection.execute(sql, (find_stream(connection, stream), sequence)).fetchone() is not None


def open_files(connection: sqlite3.Connection, stream: StreamKey) -> list[tuple[int, int]]:
    """(sequence, start_us) of files nobody closed yet: being written, or torn and not recovered."""
    sql = "SELECT sequence, start_us FROM open_file WHERE stream_id = ? ORDER BY start_us"
    return connection.execute(sql, (find_stream(connection, stream),)).fetchall()


def neighbours(connection: sqlite3.Connection, stream: StreamKey, span: Span) -> tuple[int | None, int | None]:
    """The last moment of footage before `span`, the first moment behind it (closed segments only)."""
    stream_id = find_stream(connection, stream)
    before = connection.execute(
        "SELECT end_us FROM segment WHERE stream_id = ? AND start_us < ? ORDER BY start_us DESC LIMIT 1",
        (stream_id, span.start_us),
    ).fetchone()
    (behind,) = connection.execute(
        "SELECT min(start_us) FROM segment WHERE stream_id = ? AND start_us >= ?", (stream_id, span.end_us)
    ).fetchone()
    return before and min(before[0], span.start_us) - 1, behind


def _playables(
    connection: sqlite3.Connection, volume: UUID, stream: StreamKey, rows: list[tuple[Any, ...]]
) -> Iterator[Playable]:
    init_bytes: dict[int, int] = {}  # one row for each format a camera ever had, not one for each segment
    for start_us, end_us, sequence, size_bytes, duration_90k, flags, init_id, sha256, gops in rows:
        if init_id not in init_bytes:
            sql = "SELECT length(bytes) FROM init WHERE id = ?"
            (init_bytes[init_id],) = connection.execute(sql, (init_id,)).fetchone()
        yield Playable(
            volume, stream, sequence, start_us, end_us, init_bytes[init_id], size_bytes, duration_90k,
            gop_pairs(gops or b""), Flag(flags), sha256,
        )  # fmt: skip
