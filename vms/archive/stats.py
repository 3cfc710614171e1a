"""Figures of one volume."""

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from vms.archive.rows import all_streams
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND

INGEST_WINDOW_US = 6 * 3600 * US_PER_SECOND


@dataclass(frozen=True, slots=True)
class StreamStats:
    """One stream on one volume. `written_us`: how much footage `written_bytes` of the last hours is."""

    camera_id: UUID
    stream: str
    segments: int
    size_bytes: int
    oldest_us: int | None
    newest_us: int | None
    written_bytes: int
    written_us: int


@dataclass(frozen=True, slots=True)
class VolumeStats:
    """One volume. `ingest_bytes_per_day` is what the streams of the last hours write when they all go on."""

    uuid: UUID
    path: str
    total_bytes: int
    free_bytes: int
    reserve_bytes: int
    locks: int
    streams: list[StreamStats]

    @property
    def size_bytes(self) -> int:
        """Footage."""
        return sum(stream.size_bytes for stream in self.streams)

    @property
    def segments(self) -> int:
        """Segment files."""
        return sum(stream.segments for stream in self.streams)

    @property
    def ingest_bytes_per_day(self) -> int:
        """See the class."""
        active = (stream for stream in self.streams if stream.written_us)
        return int(sum(stream.written_bytes * US_PER_DAY / stream.written_us for stream in active))

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        values = asdict(self) | {
            "uuid": str(self.uuid),
            "size_bytes": self.size_bytes,
            "segments": self.segments,
            "ingest_bytes_per_day": self.ingest_bytes_per_day,
        }
        values["streams"] = [stream | {"camera_id": str(stream["camera_id"])} for stream in values["streams"]]
        return values


def volume_stats(volume: Volume, now_us: int) -> VolumeStats:
    """Read the figures; cost grows with the number of streams and the last hours, not with what is stored."""
    with volume.index.read() as connection:
        streams = [_stream_stats(connection, number, now_us) for number in all_streams(connection)]
        (locks,) = connection.execute("SELECT count(*) FROM lock WHERE released_us IS NULL").fetchone()
    return VolumeStats(
        volume.uuid, str(volume.path), volume.total_bytes(), volume.free_bytes(), volume.reserve_bytes, locks, streams
    )


def _stream_stats(connection: sqlite3.Connection, stream_id: int, now_us: int) -> StreamStats:
    camera, name, segments, size_bytes, oldest_us, newest_us = connection.execute(
        "SELECT camera_id, name, segments, bytes, (SELECT min(start_us) FROM segment WHERE stream_id = id),"
        " (SELECT end_us FROM segment WHERE stream_id = id ORDER BY start_us DESC LIMIT 1) FROM stream WHERE id = ?",
        (stream_id,),
    ).fetchone()
    written_bytes, written_us = connection.execute(
        "SELECT coalesce(sum(size_bytes), 0), coalesce(sum(end_us - start_us), 0) FROM segment"
        " WHERE stream_id = ? AND start_us >= ? AND start_us < ?",
        (stream_id, now_us - INGEST_WINDOW_US, now_us),
    ).fetchone()
    return StreamStats(UUID(camera), name, segments, size_bytes, oldest_us, newest_us, written_bytes, written_us)
