"""What a writer has to know of a stream before its next segment."""

import sqlite3
from dataclasses import dataclass

from vms.archive import chain
from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.rows import all_streams


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


def load_ends(connection: sqlite3.Connection) -> dict[StreamKey, int]:
    """End of each stream's newest footage in the volume, files being written included."""
    rows = connection.execute(
        "SELECT id, max(coalesce((SELECT end_us FROM segment WHERE stream_id = id ORDER BY start_us DESC LIMIT 1), 0),"
        " coalesce((SELECT max(end_us) FROM open_file WHERE stream_id = id), 0)) FROM stream"
    )
    streams = all_streams(connection)
    return {streams[number]: end_us for number, end_us in rows if end_us}


def load_open_gaps(connection: sqlite3.Connection) -> dict[StreamKey, Gap]:
    """The newest gap of each stream that was never closed."""
    streams = all_streams(connection)
    rows = connection.execute(
        "SELECT stream_id, start_us, cause, detail FROM gap WHERE end_us IS NULL ORDER BY start_us"
    )
    return {streams[number]: Gap(start_us, None, Cause(cause), detail) for number, start_us, cause, detail in rows}
