"""Bringing files and index together after a crash, before a stream is written again."""

import logging
import os
from dataclasses import dataclass, field

from vms.archive.adoption import Verdict, adopt_file
from vms.archive.closed_segment import ClosedSegment
from vms.archive.gap_end import end_gap, next_footage_us
from vms.archive.garbage import finish_garbage
from vms.archive.model import StreamKey
from vms.archive.problem import Problem
from vms.archive.rows import all_streams, find_stream, insert_segment
from vms.archive.segment_file import open_directory
from vms.archive.segment_name import day_directory, file_name
from vms.archive.unindexed import unindexed_files
from vms.archive.volume import Volume
from vms.archive.walk import FoundFile, stored_streams
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)


@dataclass(slots=True)
class RecoveryReport:
    """What recovery did; `problems` are left for a person."""

    adopted: list[ClosedSegment] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def recover_volume(volume: Volume, now_us: int) -> RecoveryReport:
    """Adopt every file that was being written, in both directions, then finish interrupted deletions.

    First the files named in `open_file`; then, for a file begun while the index could not be written, those whose
    sequence is above all that is indexed (see `unindexed_files`): nothing says how old those are, so a closed one whose
    bytes were changed is left as it is. Files another process is writing right now are left alone. Reads nothing but
    unfinished files. Safe to interrupt and to repeat.
    Every problem is logged, also of a recovery that does not come to its end.
    Raises VmsError or OSError when the volume cannot be used.
    """
    report = RecoveryReport()
    try:
        _recover(volume, now_us, report)
    finally:
        log_problems(report)
    if report.adopted or report.removed:
        log.info("recovered %d segments, removed %d empty files", len(report.adopted), len(report.removed))
    return report


def log_problems(report: RecoveryReport) -> None:
    """Name each to whoever reads the log: nobody else sees the report of a recovery in the background."""
    for problem in report.problems:
        log.error("left for a person: %s", problem)


def _recover(volume: Volume, now_us: int, report: RecoveryReport) -> None:
    for stream, start_us, sequence in _open_files(volume):
        path = f"{day_directory(stream, start_us)}/{file_name(start_us, sequence)}"
        verdict = adopt(volume, stream, FoundFile(path, path.rpartition("/")[2], start_us, sequence), report)
        if not verdict.is_live and verdict.segment is None:
            _forget_open_file(volume, stream, sequence)
    for stream in stored_streams(volume):
        for file in unindexed_files(volume, stream, now_us):
            adopt(volume, stream, file, report, may_cut_damaged=False)
    _end_stale_gaps(volume, now_us)
    finish_garbage(volume)


def adopt(
    volume: Volume, stream: StreamKey, file: FoundFile, report: RecoveryReport, *, may_cut_damaged: bool = True
) -> Verdict:
    """Make one file whole, insert its row, write what became of it into `report`."""
    directory, _, name = file.path.rpartition("/")
    try:
        descriptor = open_directory(volume.directory, directory)
    except FileNotFoundError:
        return Verdict(is_empty=True)
    try:
        verdict = adopt_file(descriptor, name, may_cut_damaged=may_cut_damaged)
    except FileNotFoundError:
        return Verdict(is_empty=True)
    finally:
        os.close(descriptor)
    if verdict.problem:
        report.problems.append(Problem.of(volume.uuid, stream, "segment_damaged", file.path, verdict.problem))
    elif verdict.is_empty:
        report.removed.append(file.path)
    elif verdict.segment is not None:
        verdict = _insert(volume, stream, file, verdict.segment, report)
    return verdict


def _insert(
    volume: Volume, stream: StreamKey, file: FoundFile, segment: ClosedSegment, report: RecoveryReport
) -> Verdict:
    head = segment.head
    if (head.stream, head.start_us, head.sequence) != (stream, file.start_us, file.sequence):
        message = "the file says it is another segment than its name"
        report.problems.append(Problem.of(volume.uuid, stream, "head_differs", file.path, message))
        return Verdict(problem=message)
    try:
        with volume.index.write() as connection:
            insert_segment(connection, segment)
    except VmsError as err:
        if err.code != "index_refused":
            raise
        constraint = str(err.detail["constraint"])
        code = "overlap" if constraint == "segments_never_overlap" else "index_refused"
        report.problems.append(Problem.of(volume.uuid, stream, code, file.path, constraint))
        return Verdict(problem=constraint)
    report.adopted.append(segment)
    return Verdict(segment)


def _open_files(volume: Volume) -> list[tuple[StreamKey, int, int]]:
    with volume.index.read() as connection:
        streams = all_streams(connection)
        rows = connection.execute("SELECT stream_id, start_us, sequence FROM open_file ORDER BY stream_id, sequence")
        return [(streams[stream_id], start_us, sequence) for stream_id, start_us, sequence in rows]


def _forget_open_file(volume: Volume, stream: StreamKey, sequence: int) -> None:
    with volume.index.write() as connection:
        stream_id = find_stream(connection, stream)
        connection.execute("DELETE FROM open_file WHERE stream_id = ? AND sequence = ?", (stream_id, sequence))


def _end_stale_gaps(volume: Volume, now_us: int) -> None:
    """A gap that was never closed ended at the latest where footage began again."""
    with volume.index.write() as connection:
        streams = all_streams(connection)
        rows = connection.execute("SELECT stream_id, start_us FROM gap WHERE end_us IS NULL").fetchall()
        for stream_id, gap_us in rows:
            end_us = next_footage_us(connection, streams[stream_id], gap_us, now_us)
            if end_us is not None:
                end_gap(volume, connection, streams[stream_id], gap_us, end_us)
