"""The only way footage is deleted."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import islice
from uuid import UUID

from vms.archive.gap_log import DELETED, deleted_runs, note_gaps
from vms.archive.garbage import finish_garbage
from vms.archive.locks import are_locks_confirmed, read_locks
from vms.archive.model import StreamKey
from vms.archive.rows import all_streams
from vms.archive.rules import DEFAULT_RETENTION_DAYS, MIN_RETENTION_DAYS, Verdict, verdict
from vms.archive.segment_name import segment_path
from vms.archive.steps import OnStep, no_step
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span, subtract

BATCH = 500
_MAX = (1 << 63) - 1

RetentionDays = Mapping[UUID, int] | Callable[[UUID], int]


@dataclass(frozen=True, slots=True)
class Deleted:
    """One segment that is gone."""

    stream: StreamKey
    span: Span
    sequence: int
    size_bytes: int


@dataclass(slots=True)
class DeletionResult:
    """What one batch did. `freed_bytes`: what the file system gave back, not what was hoped for."""

    deleted: list[Deleted] = field(default_factory=list)
    freed_bytes: int = 0


@dataclass(slots=True)
class Expired:
    """What may go, and the time it says it is of."""

    segments: int = 0
    size_bytes: int = 0
    span: Span | None = None


@dataclass(frozen=True, slots=True, order=True)
class _Candidate:
    end_us: int
    start_us: int
    stream_id: int
    sequence: int
    size_bytes: int
    days: int


def delete_expired(
    volume: Volume, retention_days: RetentionDays, now_us: int, *, limit: int = BATCH, reason: str = "retention",
    judged: Mapping[int, int] | None = None, on_step: OnStep = no_step,
) -> DeletionResult:  # fmt: skip
    """Delete up to `limit` segments that the verdict lets go, oldest end first.

    `retention_days`: days of each camera; a camera that is not in a mapping has the default, and fewer than the floor
    are read as the floor. `reason`: `retention` or `disk_pressure`. `judged`: the highest sequence of each stream (by
    its number in the index) whose date is believed, what was written after it stays; None: all are. Locks, verdict and
    the removal of the rows are one transaction: a lock placed before it keeps its span, one placed after it finds the
    span gone. Locked spans are never walked through, so cost grows with what is deleted. Call again while it returns
    `limit` segments.
    CONFLICT `locks_unconfirmed` after an index was lost, until `confirm_locks`. OSError when the disk refuses.
    """
    result = DeletionResult()
    with volume.index.write() as connection:
        if not are_locks_confirmed(connection):
            raise VmsError(
                Kind.CONFLICT, "locks_unconfirmed",
                "The index was lost: nothing is deleted before the locks are compared. Confirm the locks.",
                volume=str(volume.uuid),
            )  # fmt: skip
        streams = all_streams(connection)
        days = {number: _days(retention_days, stream) for number, stream in streams.items()}
        found = [
            _candidates(connection, number, stream, days[number], now_us, last=last)
            for number, stream in streams.items()
            if (last := _MAX if judged is None else judged.get(number, -1)) >= 0
        ]
        for candidate in list(islice(merge(*found), limit)):
            stream = streams[candidate.stream_id]
            _delete_row(connection, stream, candidate, now_us, reason)
            span = Span(candidate.start_us, candidate.end_us)
            result.deleted.append(Deleted(stream, span, candidate.sequence, candidate.size_bytes))
        runs = deleted_runs([(one.stream, one.span.start_us, one.span.end_us) for one in result.deleted])
        note_gaps(volume, DELETED, runs)
        on_step("delete:rows")
    on_step("delete:committed")
    result.freed_bytes = finish_garbage(volume, on_step)
    on_step("delete:done")
    return result


def _days(retention_days: RetentionDays, stream: StreamKey) -> int:
    if isinstance(retention_days, Mapping):
        days = retention_days.get(stream.camera_id, DEFAULT_RETENTION_DAYS)
    else:
        days = retention_days(stream.camera_id)
    return max(days, MIN_RETENTION_DAYS)


def what_may_go(
    volume: Volume, retention_days: RetentionDays, now_us: int, kept: Mapping[UUID, Sequence[Span]]
) -> Expired:
    """What `delete_expired` would delete if spans of cameras in `kept` were locked too. Reads all of it."""
    expired = Expired()
    with volume.index.read() as connection:
        for number, stream in all_streams(connection).items():
            days, also_kept = _days(retention_days, stream), kept.get(stream.camera_id, ())
            for one in _candidates(connection, number, stream, days, now_us, also_kept):
                span = expired.span or Span(one.start_us, one.end_us)
                expired.span = Span(min(span.start_us, one.start_us), max(span.end_us, one.end_us))
                expired.segments += 1
                expired.size_bytes += one.size_bytes
    return expired


def _candidates(
    connection: sqlite3.Connection, stream_id: int, stream: StreamKey, days: int, now_us: int,
    also_kept: Sequence[Span] = (), last: int = _MAX,
) -> Iterator[_Candidate]:  # fmt: skip
    """Segments of one stream that may go, oldest first; lazily, so that only what is taken is read."""
    expired_us = now_us - days * US_PER_DAY
    (oldest_us,) = connection.execute("SELECT min(start_us) FROM segment WHERE stream_id = ?", (stream_id,)).fetchone()
    if oldest_us is None or oldest_us >= expired_us:
        return
    locks = [*(lock.span for lock in read_locks(connection, stream.camera_id)), *also_kept]
    for free in subtract(Span(oldest_us, expired_us), locks):
        rows = connection.execute(
            "SELECT start_us, end_us, sequence, size_bytes FROM segment"
            " WHERE stream_id = ? AND start_us >= ? AND start_us < ? ORDER BY start_us",
            (stream_id, free.start_us, free.end_us),
        )
        for start_us, end_us, sequence, size_bytes in rows:
            if sequence <= last and verdict(Span(start_us, end_us), days, locks, now_us) is Verdict.DELETABLE:
                yield _Candidate(end_us, start_us, stream_id, sequence, size_bytes, days)


def _delete_row(
    connection: sqlite3.Connection, stream: StreamKey, candidate: _Candidate, now_us: int, reason: str
) -> None:
    """Log, list the file as garbage, remove the row; the index's own triggers judge once more."""
    connection.execute(
        "INSERT INTO deletion SELECT stream_id, sequence, start_us, end_us, size_bytes, sha256, link, ?, ?, ?"
        " FROM segment WHERE stream_id = ? AND start_us = ?",
        (now_us, reason, candidate.days, candidate.stream_id, candidate.start_us),
    )
    path = segment_path(stream, candidate.start_us, candidate.sequence)
    connection.execute("INSERT INTO garbage VALUES (?)", (path,))
    connection.execute(
        "DELETE FROM segment WHERE stream_id = ? AND start_us = ?", (candidate.stream_id, candidate.start_us)
    )
    connection.execute(
        "DELETE FROM segment_gops WHERE stream_id = ? AND sequence = ?", (candidate.stream_id, candidate.sequence)
    )
