"""Measuring what a volume holds."""

import sqlite3
from collections.abc import Iterable, Mapping
from uuid import UUID

from retention.forecast import VolumeUse
from vms.archive.locks import read_locks
from vms.archive.model import Lock
from vms.archive.rows import all_streams
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.archive.stats import volume_stats
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span, union


def measure(volume: Volume, retention_days: Mapping[UUID, int], now_us: int) -> VolumeUse:
    """The volume now. Reads the last hours of each stream and what lies under locks, not the rest.

    Raises OSError or VmsError when the disk or the index cannot be read.
    """
    stats = volume_stats(volume, now_us)
    with volume.index.read() as connection:
        held_bytes = _held_bytes(connection, read_locks(connection))
    oldest_us = min((stream.oldest_us for stream in stats.streams if stream.oldest_us is not None), default=now_us)
    known = [retention_days[stream.camera_id] for stream in stats.streams if stream.camera_id in retention_days]
    return VolumeUse(
        total_bytes=stats.total_bytes,
        free_bytes=stats.free_bytes,
        reserve_bytes=stats.reserve_bytes,
        footage_bytes=stats.size_bytes,
        held_bytes=held_bytes,
        kept_days=max(now_us - oldest_us, 0) / US_PER_DAY,
        policy_days=max(known, default=MIN_RETENTION_DAYS),
        ingest_bytes_per_day=stats.ingest_bytes_per_day,
        measured_us=max((stream.written_us for stream in stats.streams), default=0),
    )


def newest_footage_us(volume: Volume, seen: Mapping[int, int]) -> int | None:
    """End of the newest closed segment; None when there is none.

    Of a stream in `seen` only what came after that sequence counts. One index seek per stream, or what is new in it.
    """
    with volume.index.read() as connection:
        ends = [
            connection.execute(_NEWEST_SINCE, (number, seen[number])).fetchone()
            if number in seen
            else connection.execute(_NEWEST, (number,)).fetchone()
            for number in all_streams(connection)
        ]
    return max((int(row[0]) for row in ends if row is not None and row[0] is not None), default=None)


_NEWEST = "SELECT end_us FROM segment WHERE stream_id = ? ORDER BY start_us DESC LIMIT 1"
_NEWEST_SINCE = "SELECT max(end_us) FROM segment INDEXED BY segment_sequence WHERE stream_id = ? AND sequence > ?"


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
