"""Reasons for times without footage, outside the index: what a lost index could not learn from the files.

`<volume>/gaps/told-2026-11.jsonl` has a line for each gap as it became known, `deleted-…` one for each run of deleted
footage; a file for each month of the gaps' beginnings. They only grow, and a later line of the same gap replaces the
one before. Where a line is torn or damaged, only that line is lost.
"""

import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.rows import need_stream, put_gap
from vms.archive.segment_file import make_directory, write_all
from vms.archive.timeline import JOIN_US
from vms.archive.volume import Volume
from vms.kernel.clock import to_datetime

log = logging.getLogger(__name__)

DIRECTORY = "gaps"
TOLD, DELETED = "told", "deleted"
_BATCH = 1000  # rows in one transaction: the recorder waits for the index meanwhile

StreamGap = tuple[StreamKey, Gap]


def note_gaps(volume: Volume, kind: str, gaps: Sequence[StreamGap]) -> None:
    """Write down gaps that go into the index in the same moment, durable when it returns. `kind`: TOLD or DELETED.

    A disk that refuses is logged and no error: the index has them, only a lost one would not know. GONE
    `volume_missing` when the volume is detached.
    """
    if not gaps:
        return
    directory = volume.directory
    try:
        folder = make_directory(directory, DIRECTORY)
        try:
            for month, group in groupby(sorted(gaps, key=_start_us), key=_month):
                _append(folder, f"{kind}-{month}.jsonl", list(group))
        finally:
            os.close(folder)
    except OSError as err:
        log.warning("reasons of gaps could not be written down beside the index: %s", err.strerror)


def restore_told(volume: Volume) -> None:
    """Put what the recorder told of gaps back into a new index."""
    _restore(volume, _read(volume, TOLD), put_gap)


def restore_deleted(volume: Volume) -> None:
    """Let an index that lost its deletion log know when footage was deleted: as gaps `retention_expired`.

    Not as deletions: their sequence numbers may have been given again since the index was lost.
    """
    runs = ((stream, gap.start_us, gap.end_us) for stream, gap in _read(volume, DELETED) if gap.end_us is not None)
    _restore(volume, _joined(runs), _put_deleted)


def deleted_until_us(volume: Volume) -> dict[StreamKey, int]:
    """Until when footage of each stream was deleted, as far as it was written down beside the index."""
    until_us: dict[StreamKey, int] = {}
    for stream, gap in _read(volume, DELETED):
        if gap.end_us is not None:
            until_us[stream] = max(until_us.get(stream, gap.end_us), gap.end_us)
    return until_us


def deleted_runs(deleted: Sequence[tuple[StreamKey, int, int]]) -> list[StreamGap]:
    """Deleted segments (stream, start_us, end_us), each stream's in order of time, as one gap for each run of them."""
    return list(_joined(deleted))


def _start_us(item: StreamGap) -> int:
    return item[1].start_us


def _month(item: StreamGap) -> str:
    return to_datetime(item[1].start_us).strftime("%Y-%m")


def _append(folder: int, name: str, gaps: Sequence[StreamGap]) -> None:
    lines = "".join(f"{_line(stream, gap)}\n" for stream, gap in gaps)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(name, flags, 0o640, dir_fd=folder)
    try:
        is_new = not os.fstat(descriptor).st_size
        write_all(descriptor, [f"\n{lines}".encode()])  # the line before may be torn: it must not take this one along
        os.fdatasync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        os.fsync(folder)


def _line(stream: StreamKey, gap: Gap) -> str:
    values = {
        "camera": str(stream.camera_id), "stream": stream.name, "start_us": gap.start_us, "end_us": gap.end_us,
        "cause": gap.cause.value, "detail": gap.detail,
    }  # fmt: skip
    return json.dumps(values)


def _read(volume: Volume, kind: str) -> Iterator[StreamGap]:
    unreadable = 0
    for path in sorted((volume.path / DIRECTORY).glob(f"{kind}-*.jsonl")):
        try:
            with path.open(encoding="utf-8", errors="replace") as file:
                for line in filter(str.strip, file):
                    try:
                        yield _parse(json.loads(line))
                    except (ValueError, KeyError, TypeError):
                        unreadable += 1
        except OSError as err:
            log.error("a file of gaps is unreadable: %s: %s", path.name, err.strerror)  # noqa: TRY400
    if unreadable:
        log.error("%d written reasons of gaps are unreadable", unreadable)


def _parse(values: dict[str, Any]) -> StreamGap:
    start_us, end_us = values["start_us"], values["end_us"]
    if not isinstance(start_us, int) or not (end_us is None or isinstance(end_us, int)):
        raise TypeError
    stream = StreamKey(UUID(values["camera"]), str(values["stream"]))
    return stream, Gap(start_us, end_us, Cause(values["cause"]), str(values["detail"]))


def _joined(runs: Iterable[tuple[StreamKey, int, int]]) -> Iterator[StreamGap]:
    """Deleted footage that touches, as one gap."""
    last: dict[StreamKey, tuple[int, int]] = {}
    for stream, start_us, end_us in runs:
        before = last.get(stream)
        if before is None:
            last[stream] = (start_us, end_us)
        elif before[0] <= start_us <= before[1] + JOIN_US:
            last[stream] = (before[0], max(before[1], end_us))
        else:
            yield stream, Gap(*before, Cause.RETENTION_EXPIRED)
            last[stream] = (start_us, end_us)
    for stream, (start_us, end_us) in last.items():
        yield stream, Gap(start_us, end_us, Cause.RETENTION_EXPIRED)


def _restore(
    volume: Volume, gaps: Iterator[StreamGap], put: Callable[[sqlite3.Connection, StreamKey, Gap], None]
) -> None:
    while batch := list(islice(gaps, _BATCH)):
        with volume.index.write() as connection:
            for stream, gap in batch:
                put(connection, stream, gap)


def _put_deleted(connection: sqlite3.Connection, stream: StreamKey, gap: Gap) -> None:
    """Unless the index still has its deletion log, or knows another reason for a time that begins there."""
    values = {"stream": need_stream(connection, stream), "start": gap.start_us, "end": gap.end_us}
    is_known = connection.execute("SELECT 1 FROM deletion WHERE stream_id = :stream AND start_us = :start", values)
    if is_known.fetchone() is None:
        connection.execute(
            "INSERT INTO gap VALUES (:stream, :start, :end, 'retention_expired', '') ON CONFLICT (stream_id, start_us)"
            " DO UPDATE SET end_us = excluded.end_us WHERE cause = 'retention_expired'",
            values,
        )
