"""The SQLite index of one volume: connections, transactions, errors as ours."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from uuid import UUID

from vms.kernel.errors import Kind, VmsError

SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 10.0
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

FileIdentity = tuple[int, int]  # device, inode
NO_FILE: FileIdentity = (0, 0)


class Index:
    """Opens one connection for each thread and tells when the file was exchanged under it.

    Every sqlite3 error leaves as VmsError: UNAVAILABLE `index_locked` or `index_unavailable`, CORRUPT `index_damaged`,
    CONFLICT `index_refused` (a constraint or trigger, its name in `detail["constraint"]`), GONE `index_missing`.
    """

    def __init__(self, path: Path, volume_uuid: UUID, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self.path = path
        self._uuid = volume_uuid
        self._busy_timeout_s = busy_timeout_s
        self._local = threading.local()
        self._opened: dict[sqlite3.Connection, threading.Thread] = {}
        self._opened_lock = threading.Lock()
        self._generation = 0

    def with_timeout(self, busy_timeout_s: float) -> "Index":
        """The same index for a caller that waits less (or longer) for other writers."""
        return Index(self.path, self._uuid, busy_timeout_s)

    def at(self, path: Path) -> "Index":
        """Another index of the same volume."""
        return Index(path, self._uuid, self._busy_timeout_s)

    def create(self) -> None:
        """Make an empty index at `path`, which is free and which nobody else opens yet (see `new_index`)."""
        with _errors_as_ours():
            connection = sqlite3.connect(self.path, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(files("vms.archive").joinpath("schema.sql").read_text("utf-8"))
                connection.execute("INSERT INTO meta VALUES ('volume', ?)", (str(self._uuid),))
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            finally:
                connection.close()

    def settle(self) -> None:
        """Bring all that was committed into the one file at `path`; nobody else may have it open.

        Closing would try the same, and say nothing when the disk refuses.
        """
        with _errors_as_ours():
            (is_busy, *_) = self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise VmsError(Kind.UNAVAILABLE, "index_locked", "Another process holds the index. Try again.")

    def identity(self) -> FileIdentity:
        """Which file is at `path` now; `NO_FILE` when there is none."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return NO_FILE
        return found.st_dev, found.st_ino

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view for as long as the block lasts."""
        yield from self._transaction("BEGIN")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """The only writer for as long as the block lasts; all of it is durable after it, or none."""
        yield from self._transaction("BEGIN IMMEDIATE")

    def is_in_place(self) -> bool:
        """Whether this thread's connection still leads to the file at `path`."""
        _, _, opened = getattr(self._local, "state", (None, None, None))
        try:
            found = self.path.stat()
        except OSError:
            return False
        return opened is None or opened == (found.st_dev, found.st_ino)

    def forget(self) -> None:
        """Make every thread open anew at its next use (the directory or the file was exchanged)."""
        self._generation += 1

    def close(self) -> None:
        """Close all connections; call when no thread uses them any more."""
        self.forget()
        with self._opened_lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()

    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with _errors_as_ours():
            connection = self._connection()
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _connection(self) -> sqlite3.Connection:
        generation, connection, _ = getattr(self._local, "state", (None, None, None))
        if (
            connection is not None
            and generation == self._generation
            and self.is_in_place()
            and not self._may_write_again()
        ):
            return connection  # type: ignore[no-any-return]
        if connection is not None:
            self._drop(connection)
        generation = self._generation
        if not self.path.exists():
            raise VmsError(
                Kind.GONE,
                "index_missing",
                "The volume has no index. Run `vms archive rebuild`.",
                volume=str(self._uuid),
            )
        self._close_ended()
        connection, self._local.can_write = self._connect()
        with self._opened_lock:
            self._opened[connection] = threading.current_thread()
        found = self.path.stat()
        self._local.state = (generation, connection, (found.st_dev, found.st_ino))
        return connection

    def _may_write_again(self) -> bool:
        """Whether this thread's connection was opened while the volume was read-only, and that is over.

        It would see nothing of what others write from now on.
        """
        return not self._local.can_write and not _is_read_only(self.path.parent)

    def _connect(self) -> tuple[sqlite3.Connection, bool]:
        """A connection, and whether it can write."""
        location = self.path.as_uri()
        for mode in ("mode=rw", "mode=ro", "immutable=1"):  # the latter two: a volume mounted read-only
            connection = sqlite3.connect(
                f"{location}?{mode}",
                uri=True,
                isolation_level=None,
                timeout=self._busy_timeout_s,
                check_same_thread=False,
            )
            try:
                self._set_up(connection)
            except sqlite3.OperationalError as err:
                connection.close()
                is_last = mode == "immutable=1" or _primary(err) in _LOCKED
                if is_last or not _is_read_only(self.path.parent):
                    raise
            except BaseException:
                connection.close()
                raise
            else:
                return connection, mode == "mode=rw"
        raise AssertionError("unreachable")

    def _set_up(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -2000")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != SCHEMA_VERSION:
            raise VmsError(
                Kind.CONFLICT, "index_version", "The index was written by another version. Run `vms archive rebuild`.",
                found=version, expected=SCHEMA_VERSION,
            )  # fmt: skip
        row = connection.execute("SELECT value FROM meta WHERE key = 'volume'").fetchone()
        if row is None or row[0] != str(self._uuid):
            raise VmsError(
                Kind.CONFLICT, "wrong_volume", "The index belongs to another volume. Mount the right disk.",
                volume=str(self._uuid),
            )  # fmt: skip

    def _drop(self, connection: sqlite3.Connection) -> None:
        connection.close()
        with self._opened_lock:
            self._opened.pop(connection, None)

    def _close_ended(self) -> None:
        """Close the connections of threads that ended: nobody else would, and each holds a file and its cache."""
        with self._opened_lock:
            for connection, thread in list(self._opened.items()):
                if not thread.is_alive():
                    connection.close()
                    del self._opened[connection]


@contextmanager
def _errors_as_ours() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as err:
        raise VmsError(
            Kind.CONFLICT,
            "index_refused",
            f"The index refused this ({err}). Run `vms archive check`.",
            constraint=str(err),
        ) from err
    except sqlite3.DatabaseError as err:
        code = _primary(err)
        if code in _LOCKED:
            raise VmsError(Kind.UNAVAILABLE, "index_locked", "Another process holds the index. Try again.") from err
        if code in _DAMAGED:
            raise VmsError(Kind.CORRUPT, "index_damaged", "The index is damaged. Run `vms archive rebuild`.") from err
        raise VmsError(
            Kind.UNAVAILABLE, "index_unavailable", f"The index cannot be used ({err}). Check the disk of the volume."
        ) from err


def _primary(err: sqlite3.Error) -> int:
    """The primary result code (the extended one carries details in its upper bytes)."""
    return getattr(err, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def companions(path: Path) -> tuple[Path, Path]:
    """What SQLite keeps beside the file at `path`."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _is_read_only(directory: Path) -> bool:
    return bool(os.statvfs(directory).f_flag & os.ST_RDONLY)
