"""What keeps spans of footage from being deleted, in one volume."""

import json
import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from vms.archive.model import Lock
from vms.archive.volume import Volume, replace_files
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

log = logging.getLogger(__name__)

_COLUMNS = "id, camera_id, start_us, end_us, kind, reference, placed_us, released_us"
_UNCONFIRMED = "locks_unconfirmed"


def place_lock(volume: Volume, lock: Lock) -> None:
    """Keep `lock.span` of the camera from now on. Again with the same lock: nothing happens.

    One transaction before or after a sweep's, never inside it. A copy lies in `locks/` before the lock counts, so that
    a lost index loses none; where the disk refuses it, it follows with `complete_copies`. CONFLICT `lock_differs` when
    the id is taken by another lock, whose copy stays.
    """
    place_locks(volume, [lock])


def place_locks(volume: Volume, locks: Sequence[Lock]) -> list[UUID]:
    """The same for many in one transaction: all count from the same moment on, or none does.

    Returns the ids that this volume let go before. A release is for ever, so these keep nothing: what shall be kept
    again needs a lock with another id.
    """
    with volume.index.write() as connection:
        known = {lock.id: found for lock in locks if (found := _find(connection, lock.id)) is not None}
        for lock in locks:
            if lock.id in known and replace(known[lock.id], released_us=None) != replace(lock, released_us=None):
                raise VmsError(
                    Kind.CONFLICT,
                    "lock_differs",
                    "A lock with this id keeps something else. Use a new id.",
                    id=str(lock.id),
                )
        _try_to_write_copies(
            volume, [lock for lock in locks if lock.id not in known or not _copy_of(volume, lock.id).exists()]
        )
        connection.executemany(
            "INSERT INTO lock VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [_values(one) for one in locks if one.id not in known]
        )
        return [lock_id for lock_id, lock in known.items() if lock.released_us is not None]


def complete_copies(volume: Volume) -> int:
    """Write the copies that locks in force lack because the disk refused them; how many.

    OSError when it refuses again.
    """
    with volume.index.read() as connection:
        if not _lacking(volume, connection):
            return 0
    with volume.index.write() as connection:  # none of them is let go, and its copy written, meanwhile
        lacking = _lacking(volume, connection)
        _write_copies(volume, lacking)
    return len(lacking)


def release_lock(volume: Volume, lock_id: UUID, now_us: int) -> None:
    """Footage under it may go again, unless another lock covers it. Again: nothing. NOT_FOUND `lock_unknown`."""
    with volume.index.write() as connection:
        known = _find(connection, lock_id)
        if known is None:
            raise VmsError(Kind.NOT_FOUND, "lock_unknown", "There is no such lock in this volume.", id=str(lock_id))
        if known.released_us is not None:
            return
        connection.execute("UPDATE lock SET released_us = ? WHERE id = ?", (now_us, str(lock_id)))
        known = replace(known, released_us=now_us)
    _try_to_write_copies(volume, [known])


def list_locks(volume: Volume, camera_id: UUID | None = None, *, with_released: bool = False) -> list[Lock]:
    """Locks of the volume, by start."""
    with volume.index.read() as connection:
        return read_locks(connection, camera_id, with_released=with_released)


def lock_ids(volume: Volume) -> frozenset[UUID]:
    """Ids of the locks in force: cheap enough to be asked for every few seconds."""
    with volume.index.read() as connection:
        rows = connection.execute("SELECT id FROM lock WHERE released_us IS NULL")
        return frozenset(UUID(lock_id) for (lock_id,) in rows)


def read_locks(
    connection: sqlite3.Connection, camera_id: UUID | None = None, *, with_released: bool = False
) -> list[Lock]:
    """The same inside a transaction that is already open."""
    conditions, values = [], []
    if not with_released:
        conditions.append("released_us IS NULL")
    if camera_id is not None:
        conditions.append("camera_id = ?")
        values.append(str(camera_id))
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM lock {where} ORDER BY start_us, id", values)  # noqa: S608
    return [_lock(row) for row in rows]


def restore_locks(volume: Volume) -> list[str]:
    """Put the copies in `locks/` back into a new index; names of unreadable copies are returned.

    Deletion stays off until `confirm_locks`: somebody has to compare with what people decided (edge 29).
    """
    unreadable, locks = [], []
    for path in sorted((volume.path / "locks").glob("*.json")):
        try:
            locks.append(_from_json(json.loads(path.read_bytes())))
        except (ValueError, KeyError, TypeError, OSError):
            unreadable.append(path.name)
    with volume.index.write() as connection:
        for lock in locks:
            if _find(connection, lock.id) is None:
                connection.execute("INSERT INTO lock VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _values(lock))
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, 'yes')", (_UNCONFIRMED,))
    return unreadable


def confirm_locks(volume: Volume) -> None:
    """All locks people decided on are in the volume (again): deletion may run."""
    with volume.index.write() as connection:
        connection.execute("DELETE FROM meta WHERE key = ?", (_UNCONFIRMED,))


def are_locks_confirmed(connection: sqlite3.Connection) -> bool:
    """False between the restart of a lost index and `confirm_locks`."""
    return connection.execute("SELECT 1 FROM meta WHERE key = ?", (_UNCONFIRMED,)).fetchone() is None


def _find(connection: sqlite3.Connection, lock_id: UUID) -> Lock | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM lock WHERE id = ?", (str(lock_id),)).fetchone()  # noqa: S608
    return row and _lock(row)


def _lock(row: Any) -> Lock:
    lock_id, camera_id, start_us, end_us, kind, reference, placed_us, released_us = row
    return Lock(UUID(lock_id), UUID(camera_id), Span(start_us, end_us), kind, reference, placed_us, released_us)


def _values(lock: Lock) -> tuple[Any, ...]:
    span = lock.span
    return (
        str(lock.id), str(lock.camera_id), span.start_us, span.end_us, lock.kind, lock.reference, lock.placed_us,
        lock.released_us,
    )  # fmt: skip


def _copy_of(volume: Volume, lock_id: UUID) -> Path:
    return volume.path / "locks" / f"{lock_id}.json"


def _lacking(volume: Volume, connection: sqlite3.Connection) -> list[Lock]:
    there = {path.name for path in (volume.path / "locks").glob("*.json")}
    return [lock for lock in read_locks(connection) if _copy_of(volume, lock.id).name not in there]


def _try_to_write_copies(volume: Volume, locks: Sequence[Lock]) -> None:
    try:
        _write_copies(volume, locks)
    except OSError as err:  # the row alone keeps the footage; only a lost index would forget it
        log.warning("the copy of a lock could not be written: %s", err.strerror)


def _write_copies(volume: Volume, locks: Sequence[Lock]) -> None:
    names = _COLUMNS.split(", ")
    contents = {
        _copy_of(volume, lock.id).name: json.dumps(dict(zip(names, _values(lock), strict=True))).encode()
        for lock in locks
    }
    replace_files(volume.path / "locks", contents)


def _from_json(values: dict[str, Any]) -> Lock:
    return _lock([values[name] for name in _COLUMNS.split(", ")])
