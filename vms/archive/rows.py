"""Putting streams with their finished segments and their gaps into the index."""

import sqlite3
from uuid import UUID

from vms.archive import chain
from vms.archive.closed_segment import ClosedSegment, init_sha256
from vms.archive.model import Gap, StreamKey
from vms.media.fragment import InitSegment


def find_stream(connection: sqlite3.Connection, stream: StreamKey) -> int | None:
    """The stream's number in this index."""
    row = connection.execute(
        "SELECT id FROM stream WHERE camera_id = ? AND name = ?", (str(stream.camera_id), stream.name)
    ).fetchone()
    return row and int(row[0])


def need_stream(connection: sqlite3.Connection, stream: StreamKey) -> int:
    """The stream's number in this index; given one when it has none."""
    found = find_stream(connection, stream)
    if found is not None:
        return found
    cursor = connection.execute(
        "INSERT INTO stream (camera_id, name, head_link) VALUES (?, ?, ?)",
        (str(stream.camera_id), stream.name, chain.FIRST),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def all_streams(connection: sqlite3.Connection) -> dict[int, StreamKey]:
    """Every stream that ever wrote here."""
    rows = connection.execute("SELECT id, camera_id, name FROM stream ORDER BY id")
    return {number: StreamKey(UUID(camera), name) for number, camera, name in rows}


def put_gap(connection: sqlite3.Connection, stream: StreamKey, gap: Gap) -> None:
    """Insert the gap, or put it in the place of what was told of it before; one that ends where it begins never was."""
    stream_id = need_stream(connection, stream)
    if gap.end_us is not None and gap.end_us <= gap.start_us:
        connection.execute("DELETE FROM gap WHERE stream_id = ? AND start_us = ?", (stream_id, gap.start_us))
        return
    connection.execute(
        "INSERT INTO gap VALUES (?, ?, ?, ?, ?) ON CONFLICT (stream_id, start_us) DO UPDATE"
        " SET end_us = excluded.end_us, cause = excluded.cause, detail = excluded.detail",
        (stream_id, gap.start_us, gap.end_us, gap.cause.value, gap.detail),
    )


def insert_segment(connection: sqlite3.Connection, segment: ClosedSegment) -> None:
    """Insert the row with its gops, and take the file off the list of open ones.

    Raises sqlite3.IntegrityError when it overlaps or is there already. The head of the chain moves only forward:
    a file indexed late (rebuild) leaves it where it is.
    """
    head, tail = segment.head, segment.tail
    stream_id = need_stream(connection, head.stream)
    link = segment.link
    connection.execute(
        "INSERT INTO segment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            stream_id, head.start_us, tail.end_us, head.sequence, head.run, _need_init(connection, segment.init),
            segment.size_bytes, segment.duration_90k, segment.samples, int(tail.flags), tail.lost_packets,
            head.mask_version, tail.clock_offset_us, head.clock_error_us, segment.sha256, link,
        ),
    )  # fmt: skip
    connection.execute("INSERT INTO segment_gops VALUES (?, ?, ?)", (stream_id, head.sequence, segment.gops))
    connection.execute("DELETE FROM open_file WHERE stream_id = ? AND sequence = ?", (stream_id, head.sequence))
    newest = last_sequence(connection, stream_id)
    connection.execute(
        "UPDATE stream SET next_sequence = max(next_sequence, ?), next_run = max(next_run, ?),"
        " head_link = CASE WHEN ? >= ? THEN ? ELSE head_link END WHERE id = ?",
        (head.sequence + 1, head.run + 1, head.sequence, newest, link, stream_id),
    )


def keep_number(connection: sqlite3.Connection, stream: StreamKey, sequence: int) -> None:
    """Never give this number again, nor one below it: something is known of the segment that had it."""
    values = sequence + 1, need_stream(connection, stream)
    connection.execute("UPDATE stream SET next_sequence = max(next_sequence, ?) WHERE id = ?", values)


def newest_of(connection: sqlite3.Connection, stream: StreamKey) -> tuple[int, int, int]:
    """The stream's number, the sequence of its newest segment, the latest end of any; -1 for each of none."""
    number = need_stream(connection, stream)
    found = connection.execute(
        "SELECT coalesce(max(sequence), -1), coalesce(max(end_us), -1) FROM segment WHERE stream_id = ?", (number,)
    )
    sequence, end_us = found.fetchone()
    return number, sequence, end_us


def last_sequence(connection: sqlite3.Connection, stream_id: int) -> int:
    """The highest sequence ever indexed for the stream, deleted or not; -1 when there is none."""
    (newest,) = connection.execute(
        "SELECT max(coalesce((SELECT max(sequence) FROM segment WHERE stream_id = :id), -1),"
        " coalesce((SELECT max(sequence) FROM deletion WHERE stream_id = :id), -1))",
        {"id": stream_id},
    ).fetchone()
    return int(newest)


def _need_init(connection: sqlite3.Connection, init: InitSegment) -> int:
    sha256 = init_sha256(init)
    row = connection.execute("SELECT id FROM init WHERE sha256 = ?", (sha256,)).fetchone()
    if row is not None:
        return int(row[0])
    cursor = connection.execute(
        "INSERT INTO init (sha256, bytes, codec, width, height) VALUES (?, ?, ?, ?, ?)",
        (sha256, init.data, init.codec, init.width, init.height),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
