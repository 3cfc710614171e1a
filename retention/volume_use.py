"""Measuring what a volume holds."""

import sqlite3
from collections.abc import Iterable, Mapping
from uuid import UUID

from retention.forecast import VolumeUse
from vms.archive.locks import read_locks
from vms.archive.model import Lock
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span, union

SHORTEST_SAMPLE_US = US_PER_DAY // 24  # less than an hour of footage says little about a day, so it counts as an hour


def measure(volume: Volume, retention_days: Mapping[UUID, int], now_us: int) -> VolumeUse:
    """The volume now. Reads the last day of each stream and what lies under locks, not the rest.

    Raises OSError or VmsError when the disk or the index cannot be read.
    """
    free_bytes, total_bytes, reserve_bytes = volume.free_bytes(), volume.total_bytes(), volume.reserve_bytes
    with volume.index.read() as connection:
        oldest_us = connection.execute(_OLDEST).fetchone()[0]
        footage_bytes = connection.execute("SELECT coalesce(sum(bytes), 0) FROM stream").fetchone()[0]
        ingest_bytes = _ingest_bytes_per_day(connection, oldest_us, now_us)
        held_bytes = _held_bytes(connection, read_locks(connection))
        writers = [UUID(row[0]) for row in connection.execute("SELECT DISTINCT camera_id FROM stream")]
    return VolumeUse(
        total_bytes=total_bytes,
        free_bytes=free_bytes,
        reserve_bytes=reserve_bytes,
        footage_bytes=footage_bytes,
        held_bytes=held_bytes,
        kept_days=0.0 if oldest_us is None else max(now_us - oldest_us, 0) / US_PER_DAY,
        policy_days=max((retention_days.get(camera, 0) for camera in writers), default=0) or MIN_RETENTION_DAYS,
        ingest_bytes_per_day=ingest_bytes,
    )


def newest_footage_us(volume: Volume) -> int | None:
    """End of the newest closed segment; None in an empty volume. One index seek per stream."""
    with volume.index.read() as connection:
        row = connection.execute(_NEWEST).fetchone()
    return None if row is None or row[0] is None else int(row[0])


_OLDEST = "SELECT min((SELECT min(start_us) FROM segment WHERE stream_id = stream.id)) FROM stream"
_NEWEST = (
    "SELECT max((SELECT end_us FROM segment WHERE stream_id = stream.id ORDER BY start_us DESC LIMIT 1)) FROM stream"
)


def _ingest_bytes_per_day(connection: sqlite3.Connection, oldest_us: int | None, now_us: int) -> int:
    since_us = now_us - US_PER_DAY
    (received,) = connection.execute(
        "SELECT coalesce(sum((SELECT coalesce(sum(size_bytes), 0) FROM segment"
        " WHERE stream_id = stream.id AND start_us >= ?)), 0) FROM stream",
        (since_us,),
    ).fetchone()
    if oldest_us is None or not received:
        return 0
    observed_us = max(now_us - max(oldest_us, since_us), SHORTEST_SAMPLE_US)
    return int(received * US_PER_DAY // observed_us)


def _held_bytes(connection: sqlite3.Connection, locks: Iterable[Lock]) -> int:
    """Bytes of all segments that a lock touches, each counted once."""
    spans: dict[UUID, list[Span]] = {}
    for lock in locks:
        spans.setdefault(lock.camera_id, []).append(lock.span)
    held: dict[tuple[int, int], int] = {}
    for camera_id, wanted in spans.items():
        for span in union(wanted):
            rows = connection.execute(
                "SELECT stream_id, start_us, size_bytes FROM segment JOIN stream ON stream.id = stream_id"
                " WHERE camera_id = ? AND start_us < ? AND start_us >= coalesce((SELECT max(start_us) FROM segment"
                "  AS before WHERE before.stream_id = stream.id AND before.start_us <= ?), ?) AND end_us > ?",
                (str(camera_id), span.end_us, span.start_us, span.start_us, span.start_us),
            )
            held.update({(stream_id, start_us): size_bytes for stream_id, start_us, size_bytes in rows})
    return sum(held.values())
