"""What lies on a volume, read with nothing but SQLite, names, and hashes."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from vms.archive.model import StreamKey
from vms.archive.segment_name import segment_path
from vms.kernel.span import Span


class Key(NamedTuple):
    """Names a segment for good: its number alone may be given again after an index was lost."""

    camera: UUID
    start_us: int
    sequence: int

    @property
    def path(self) -> str:
        return segment_path(StreamKey(self.camera, "main"), self.start_us, self.sequence)


class Row(NamedTuple):
    """What the index says of a segment, or of a deleted one."""

    span: Span
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Truth:
    """`files`: path to SHA-256. `locks`: in force, by their words."""

    rows: dict[Key, Row]
    deleted: dict[Key, Row]
    policy_days: dict[Key, int]
    files: dict[str, str]
    garbage: set[str]
    open_files: set[str]
    locks: dict[str, tuple[UUID, UUID, Span]]


def read_truth(volume: Path) -> Truth:
    """Nothing of it is left open: the next process of the test is a fork of this one."""
    with closing(sqlite3.connect(volume / "index.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        facts = "s.start_us, s.sequence, s.end_us, s.size_bytes, hex(s.sha256)"
        of_stream = "AS s JOIN stream ON stream.id = s.stream_id"
        rows = dict(map(_row, connection.execute(f"SELECT camera_id, {facts} FROM segment {of_stream}")))
        deletions = connection.execute(f"SELECT camera_id, {facts}, policy_days FROM deletion {of_stream}").fetchall()
        open_files = connection.execute(f"SELECT camera_id, s.start_us, s.sequence FROM open_file {of_stream}")
        locks = connection.execute(
            "SELECT reference, id, camera_id, start_us, end_us FROM lock WHERE released_us IS NULL"
        )
        return Truth(
            rows,
            dict(_row(one[:-1]) for one in deletions),
            {_row(one[:-1])[0]: one[-1] for one in deletions},
            {
                str(path.relative_to(volume)): hashlib.sha256(path.read_bytes()).hexdigest().upper()
                for path in (volume / "segments").rglob("*.mp4")
            },
            {path for (path,) in connection.execute("SELECT path FROM garbage")},
            {Key(UUID(camera), start_us, sequence).path for camera, start_us, sequence in open_files},
            {words: (UUID(lock_id), UUID(camera), Span(begin, end)) for words, lock_id, camera, begin, end in locks},
        )


def _row(values: tuple) -> tuple[Key, Row]:
    camera, start_us, sequence, end_us, size_bytes, sha256 = values
    return Key(UUID(camera), start_us, sequence), Row(Span(start_us, end_us), size_bytes, sha256)
