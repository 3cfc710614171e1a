"""Putting a new index in the place of none, or of one that is lost."""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from vms.archive.index import Index, companions

NEW = "index.new."  # how the names of indexes begin that are not in place yet
LOCK = "index.lock"
_BEGUN_WITH = "begun_with"
_AWAY = "taken_away"


@contextmanager
def in_turn(directory: int) -> Iterator[None]:
    """Only one process at a time puts a new index into the volume (a descriptor), the others wait here.

    Recorder shards that find the same index lost do so in the same moment. The lock dies with its process.
    """
    descriptor = os.open(LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=directory)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def new_index(index: Index) -> Iterator[Index]:
    """An empty index for the block to fill, under another name; behind the block it stands at `index.path`, durable.

    Whatever ends the block early leaves nothing there. Hold `in_turn` where others may do the same.
    """
    remove_leftovers(index)
    fresh = index.at(index.path.with_name(f"{NEW}{os.getpid()}.sqlite"))
    try:
        fresh.create()
        yield fresh
        fresh.settle()
        fresh.close()
        for stale in companions(index.path):  # of an index that is gone: SQLite would write it into the new one
            stale.unlink(missing_ok=True)
        fresh.path.rename(index.path)
        _sync_directory(index)
    finally:
        fresh.close()
        with suppress(OSError):
            remove_leftovers(index)
    index.forget()


def set_aside(index: Index, suffix: str) -> None:
    """Move a damaged index out of the way; nothing that could still be read by hand is thrown away."""
    for path in (index.path, *companions(index.path)):
        if path.exists():
            path.rename(path.with_name(f"{path.name}.{suffix}"))
    index.forget()


def note_begun_with(connection: sqlite3.Connection, away: Mapping[int, int]) -> None:
    """Remember the highest number of each stream: what was deleted up to it, the index that was lost knew.

    `away`: by the stream's number, behind which sequence signed footage is missing though nobody deleted it.
    """
    begun_with = dict(connection.execute("SELECT id, next_sequence - 1 FROM stream"))
    for key, value in ((_BEGUN_WITH, begun_with), (_AWAY, dict(away))):
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))


def read_begun_with(connection: sqlite3.Connection) -> dict[int, int]:
    """The sequence, by the stream's number, up to which deletions may be unknown; empty for an index never lost."""
    return _sequences(connection, _BEGUN_WITH)


def read_away(connection: sqlite3.Connection) -> dict[int, int]:
    """The sequence, by the stream's number, behind which what the index began with was taken away, not deleted."""
    return _sequences(connection, _AWAY)


def _sequences(connection: sqlite3.Connection, key: str) -> dict[int, int]:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return {int(number): int(sequence) for number, sequence in json.loads(row[0]).items()} if row else {}


def remove_leftovers(index: Index) -> None:
    """Remove what processes left that died over a new index."""
    for path in index.path.parent.glob(f"{NEW}*"):
        path.unlink(missing_ok=True)


def _sync_directory(index: Index) -> None:
    descriptor = os.open(index.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
