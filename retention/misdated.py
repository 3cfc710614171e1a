"""Finding footage that says an earlier time than it can have been recorded at."""

import os
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from uuid import UUID

from retention.clock_guard import RELEASED_US, STEP_TOLERANCE_US, ClockMemory, ClockReading
from vms.archive.model import StreamKey
from vms.archive.rows import all_streams, last_sequence
from vms.archive.segment_boxes import FileHead
from vms.archive.segment_file import open_directory
from vms.archive.segment_name import segment_path
from vms.archive.segment_scan import read_head
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.span import Span

HOLE_US = 3600 * US_PER_SECOND  # footage that is nearer than this is locked together

_ALL_US = (1 << 63) - 1

Seen = Mapping[int, int]  # stream's number to its highest sequence


class Belief(Enum):
    """Why the clock is believed."""

    GOES_ON = auto()  # as before in this start of the machine
    NEW_START = auto()  # for the first time in this start of the machine
    PERSON = auto()  # somebody says so
    PERSON_NOW_ONLY = auto()  # somebody says so, and that it was wrong in starts before this one


@dataclass(frozen=True, slots=True)
class Misdated:
    """Footage of a camera that lies at `span`, a day at most, and was recorded until `until_us` at the latest."""

    camera_id: UUID
    span: Span
    until_us: int


@dataclass(frozen=True, slots=True)
class _Row:
    sequence: int
    run: int
    span: Span


def seen_now(connection: sqlite3.Connection) -> dict[int, int]:
    """What is indexed of each stream."""
    return {number: last_sequence(connection, number) for number in all_streams(connection)}


def find_misdated(
    volume: Volume, connection: sqlite3.Connection, now: ClockReading, memory: ClockMemory | None, seen: Seen,
    belief: Belief,
) -> list[Misdated]:  # fmt: skip
    """What a clock that was behind left in the volume since `seen`, judged by a clock that is believed.

    Two proofs: what is written after the moment at which the clock was last believed is younger than that (and than
    this program); and the time since this start of the machine, that files carry, tells when a file was begun. Where a
    person had to be asked, nobody knows when the starts of the machine since the last belief were: what they wrote
    counts from now (all of it, when the person says so).
    Reads what was written since `seen`, and a file of each run. OSError or VmsError when the disk or the index refuses.
    """
    found: list[Misdated] = []
    for number, stream in all_streams(connection).items():
        evidence = _Evidence(volume, connection, number, stream, now)
        last = seen.get(number, -1)
        before_us = max(memory.last_wall_us - STEP_TOLERANCE_US if memory else 0, RELEASED_US)
        errors = list(evidence.written_before(last, before_us))
        # A belief of earlier in this start was wrong where a new one is asked for.
        is_believed_anew = belief is not Belief.GOES_ON and memory is not None and memory.anchor.boot_id == now.boot_id
        errors += evidence.of_this_start(-1 if is_believed_anew else last)
        if belief is Belief.PERSON_NOW_ONLY:
            errors += evidence.of_other_starts(-1)
        elif belief is Belief.PERSON and memory is not None:
            errors += evidence.of_other_starts(last)
        found += _together(stream.camera_id, errors)
    return found


class _Evidence:
    """What rows and files of one stream tell of when they were recorded."""

    def __init__(
        self, volume: Volume, connection: sqlite3.Connection, number: int, stream: StreamKey, now: ClockReading
    ) -> None:
        self._volume = volume
        self._connection = connection
        self._number = number
        self._stream = stream
        self._now = now

    def written_before(self, last: int, before_us: int) -> Iterator[tuple[Span, int]]:
        """Segments after sequence `last` that end before `before_us`, with when they really ended, at the latest."""
        for row in self._rows(last, before_us):
            late_us = self._late_us(row)
            if late_us is None:
                yield row.span, self._now.wall_us
            elif late_us > STEP_TOLERANCE_US:
                yield row.span, min(row.span.end_us + late_us, self._now.wall_us)

    def of_this_start(self, last: int) -> Iterator[tuple[Span, int]]:
        """The same for all that this start of the machine wrote after sequence `last`.

        The recorder begins another run when the clock steps: the first file of a run tells for all of it.
        """
        for run in _runs(self._rows(last)):
            late_us = self._late_us(run[0])
            if late_us is not None and late_us > STEP_TOLERANCE_US:
                yield from ((row.span, min(row.span.end_us + late_us, self._now.wall_us)) for row in run)

    def of_other_starts(self, last: int) -> Iterator[tuple[Span, int]]:
        """The same for what other starts wrote after sequence `last`: nobody knows more than that it was before now."""
        rows = list(self._rows(last))
        first = bisect_left(rows, x=True, key=lambda row: self._late_us(row) is not None)
        yield from ((row.span, self._now.wall_us) for row in rows[:first])

    def _rows(self, last: int, before_us: int = _ALL_US) -> Iterator[_Row]:
        rows = self._connection.execute(
            "SELECT sequence, run, start_us, end_us FROM segment INDEXED BY segment_sequence WHERE stream_id = ?"
            " AND sequence > ? AND start_us < ? AND end_us < ? ORDER BY sequence",
            (self._number, last, before_us, before_us),
        )
        return (_Row(sequence, run, Span(start_us, end_us)) for sequence, run, start_us, end_us in rows)

    def _late_us(self, row: _Row) -> int | None:
        """How much later than it says the file was begun; None when this start of the machine did not write it."""
        head = self._head(row)
        if head is None or head.boot_id != self._now.boot_id:
            return None
        return self._now.wall_us - (self._now.boottime_us - head.boottime_us) - row.span.start_us

    def _head(self, row: _Row) -> FileHead | None:
        directory, _, name = segment_path(self._stream, row.span.start_us, row.sequence).rpartition("/")
        try:
            folder = open_directory(self._volume.directory, directory)
            try:
                file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
            finally:
                os.close(folder)
        except FileNotFoundError:
            return None
        try:
            return read_head(file)
        finally:
            os.close(file)


def _runs(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    return (list(run) for _, run in groupby(rows, key=lambda row: row.run))


def _together(camera_id: UUID, errors: list[tuple[Span, int]]) -> Iterator[Misdated]:
    """Neighbours as one, at most a day: what keeps a day until its last minute is old keeps little too long."""
    group: Misdated | None = None
    for span, until_us in sorted(errors):
        if group is not None:
            whole = Span(group.span.start_us, max(group.span.end_us, span.end_us))
            if span.start_us - group.span.end_us <= HOLE_US and whole.duration_us <= US_PER_DAY:
                group = Misdated(camera_id, whole, max(group.until_us, until_us))
                continue
            yield group
        group = Misdated(camera_id, span, until_us)
    if group is not None:
        yield group
