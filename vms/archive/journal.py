"""Index changes that wait for their commit."""

import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from vms.archive.closed_segment import ClosedSegment
from vms.archive.gap_log import TOLD, note_gaps
from vms.archive.index import Index
from vms.archive.model import Gap, StreamKey
from vms.archive.rows import insert_segment, need_stream, put_gap
from vms.archive.segment_boxes import FileHead
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import VmsError
from vms.kernel.repeat_log import RepeatLog

log = logging.getLogger(__name__)

RETRY_US = US_PER_SECOND
MAX_WAITING = 50_000  # seven hours of 60 cameras (one file opened, one closed a minute); more is left to recovery


class Change(Protocol):
    """One change of the index."""

    def apply(self, connection: sqlite3.Connection) -> None:
        """Do it inside a transaction."""
        ...


@dataclass(frozen=True, slots=True)
class FileOpened:
    """A file is about to be written."""

    head: FileHead

    def apply(self, connection: sqlite3.Connection) -> None:
        """See `Change.apply`."""
        head = self.head
        stream_id = need_stream(connection, head.stream)
        connection.execute(
            "INSERT OR REPLACE INTO open_file VALUES (?, ?, ?, ?)",
            (stream_id, head.sequence, head.start_us, head.start_us),
        )
        connection.execute(
            "UPDATE stream SET next_sequence = max(next_sequence, ?), next_run = max(next_run, ?) WHERE id = ?",
            (head.sequence + 1, head.run + 1, stream_id),
        )


@dataclass(frozen=True, slots=True)
class FileDurable:
    """An open file's footage is known to be durable up to `end_us`."""

    stream: StreamKey
    sequence: int
    end_us: int

    @property
    def file(self) -> tuple[StreamKey, int]:
        """Which file of the stream."""
        return self.stream, self.sequence

    def apply(self, connection: sqlite3.Connection) -> None:
        """See `Change.apply`."""
        connection.execute(
            "UPDATE open_file SET end_us = ? WHERE stream_id = ? AND sequence = ?",
            (self.end_us, need_stream(connection, self.stream), self.sequence),
        )


@dataclass(frozen=True, slots=True)
class FileClosed:
    """A file is complete and durable."""

    segment: ClosedSegment

    @property
    def file(self) -> tuple[StreamKey, int]:
        """Which file of the stream."""
        return self.segment.head.stream, self.segment.head.sequence

    def apply(self, connection: sqlite3.Connection) -> None:
        """See `Change.apply`."""
        insert_segment(connection, self.segment)


@dataclass(frozen=True, slots=True)
class FileDropped:
    """A file without footage was removed."""

    stream: StreamKey
    sequence: int

    @property
    def file(self) -> tuple[StreamKey, int]:
        """Which file of the stream."""
        return self.stream, self.sequence

    def apply(self, connection: sqlite3.Connection) -> None:
        """See `Change.apply`."""
        connection.execute(
            "DELETE FROM open_file WHERE stream_id = ? AND sequence = ?",
            (need_stream(connection, self.stream), self.sequence),
        )


@dataclass(frozen=True, slots=True)
class GapTold:
    """A gap began (`end_us` None), or is known whole."""

    stream: StreamKey
    gap: Gap

    def apply(self, connection: sqlite3.Connection) -> None:
        """See `Change.apply`."""
        put_gap(connection, self.stream, self.gap)


class Journal:
    """Commits changes in their order, many in one transaction; keeps them while the index is locked or broken.

    Belongs to the volume's thread. Media never waits for it: a file is durable before its change is added, and what
    is lost with the process is found again by recovery. `recover` finds files without rows; it looks only above what
    is indexed of a stream, so once a change of a file was dropped none of a newer file is taken before it ran.
    """

    def __init__(self, volume: Volume, index: Index, clock: Clock, recover: Callable[[], object]) -> None:
        self._volume = volume
        self._index = index
        self._clock = clock
        self._recover = recover
        self._waiting: deque[Change] = deque()
        self._durable: dict[tuple[StreamKey, int], FileDurable] = {}  # of each file the newest, for the others say less
        self._words = RepeatLog(log)
        self._retry_at_us = 0
        self._is_behind = False  # changes of files were dropped
        self.error_code = ""  # why the last try failed; empty when it did not

    def add(self, change: Change) -> None:
        """Commit it at the next `flush`. Beyond the bound it is left to recovery (gaps: lost, and logged)."""
        if isinstance(change, FileDurable):
            self._durable[change.file] = change
            return
        if isinstance(change, FileClosed | FileDropped):
            self._durable.pop(change.file, None)
        is_gap = isinstance(change, GapTold)
        if len(self._waiting) < MAX_WAITING and (is_gap or not self._is_behind):
            self._waiting.append(change)
            return
        self._is_behind = self._is_behind or not is_gap
        what = "a gap is lost" if is_gap else "files are left to recovery"
        self._words.say(what, logging.ERROR, f"the index has taken nothing for long: {what}")

    def caught_up(self) -> None:
        """Recovery found all files without rows, after what waited here was committed."""
        self._is_behind = False

    def __len__(self) -> int:
        return len(self._waiting) + len(self._durable)

    @property
    def is_due(self) -> bool:
        """Whether there is something to commit or to recover, and a try makes sense."""
        return (len(self) > 0 or self._is_behind) and self._clock.boottime_us() >= self._retry_at_us

    def flush(self) -> bool:
        """Commit what waits, then find the files of what was dropped; False when it has to wait on.

        Never raises for the index being locked or broken; OSError when the disk fails under recovery.
        """
        if not self.is_due:
            return not len(self) and not self._is_behind
        try:
            self.commit()
            if self._is_behind:
                self._recover()
                self.caught_up()
        except VmsError as err:
            now_us = self._clock.boottime_us()
            if not self.error_code:
                log.warning("index changes wait: %s", err)
            self.error_code = err.code
            self._retry_at_us = now_us + RETRY_US
            return False
        return True

    def commit(self) -> None:
        """Commit what waits, or raise VmsError and keep it."""
        with self._words.round():
            try:
                self._apply([*self._waiting, *self._durable.values()])
            except VmsError as err:
                if err.code != "index_refused":
                    raise
                self._apply_one_by_one()
        self._waiting.clear()
        self._durable.clear()
        if self.error_code:
            log.info("the index takes changes again")
        self._retry_at_us, self.error_code = 0, ""

    def take_gaps(self) -> list[GapTold]:
        """Remove the gaps that wait, for another volume to keep."""
        gaps = [change for change in self._waiting if isinstance(change, GapTold)]
        self._waiting = deque(change for change in self._waiting if not isinstance(change, GapTold))
        return gaps

    def _apply(self, changes: Sequence[Change]) -> None:
        with self._index.write() as connection:
            for change in changes:
                change.apply(connection)
            note_gaps(self._volume, TOLD, [(one.stream, one.gap) for one in changes if isinstance(one, GapTold)])

    def _apply_one_by_one(self) -> None:
        """One change is impossible (its file was adopted meanwhile, or overlaps): the others must not wait for it."""
        while self._waiting:
            self._try(self._waiting[0])
            self._waiting.popleft()
        for change in self._durable.values():
            self._try(change)

    def _try(self, change: Change) -> None:
        try:
            self._apply([change])
        except VmsError as err:
            if err.code != "index_refused":
                raise
            refusal = f"the index refused {type(change).__name__}: {err.detail.get('constraint')}"
            self._words.say(refusal, logging.ERROR, refusal)
