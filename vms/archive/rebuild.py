"""Making a lost or damaged index again from the files."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from vms.archive import checkpoints
from vms.archive.gap_log import deleted_until_us, restore_deleted, restore_told
from vms.archive.index import NO_FILE, FileIdentity
from vms.archive.locks import restore_locks
from vms.archive.model import StreamKey
from vms.archive.new_index import in_turn, new_index, note_begun_with, set_aside
from vms.archive.problem import Problem
from vms.archive.recovery import RecoveryReport, adopt, log_problems
from vms.archive.rows import find_stream, keep_number, newest_of
from vms.archive.steps import OnStep, no_step
from vms.archive.volume import Volume
from vms.archive.walk import day_files, day_names, stored_days, stored_streams
from vms.kernel.clock import Clock, iso
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)

_SEQUENCE = len("00000042.mp4")
Progress = Callable[[str, int], None]  # path of the file just indexed, its bytes


@dataclass(slots=True)
class RebuildReport:
    """What a rebuild found: `segments` had no row and got one, `segments_in_all` have one now."""

    segments: int = 0
    segments_in_all: int = 0
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def rebuild_index(volume: Volume, clock: Clock, progress: Progress = lambda _path, _bytes: None) -> RebuildReport:
    """Index every file that has no row; can be interrupted, repeated, and run while the volume is recorded to.

    A missing or damaged index is replaced first (a damaged one is kept beside it). Files whose bytes differ from
    their seals, and files that overlap others, are refused and named. Gaps come back with their causes from what was
    written down of them, and times whose footage was deleted as gaps `retention_expired`. Locks come back from their
    copies, and nothing is deleted before `confirm_locks`.
    """
    found = volume.index.identity()
    if not is_usable(volume):
        restart_index(volume, clock, found)
    report = RebuildReport()
    for stream in stored_streams(volume):
        for day in stored_days(volume, stream):
            _index_day(volume, stream, day, report, progress)
    restore_deleted(volume)
    with volume.index.read() as connection:
        (report.segments_in_all,) = connection.execute("SELECT coalesce(sum(segments), 0) FROM stream").fetchone()
    return report


def is_usable(volume: Volume) -> bool:
    """Whether the index is there and sound; other errors (locked, no disk) are raised."""
    try:
        with volume.index.read() as connection:
            rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    except VmsError as err:
        if err.code in {"index_missing", "index_damaged", "index_version"}:
            return False
        raise
    return bool(rows == [("ok",)])


def restart_index(volume: Volume, clock: Clock, lost: FileIdentity | None = None, *, on_step: OnStep = no_step) -> None:
    """Put a new index in place that knows enough to record on: each stream's newest file, locks, checkpoints, gaps.

    It gets its name when all of that is in it: whatever interrupts this, no index without its locks is found. One
    process at a time; nothing happens when another one has put a new index in the place of `lost` meanwhile (which
    file the caller found lost; None: the one that is there now). Reads one file per stream. The rest of the footage
    comes back with `rebuild_index`.
    """
    lost = volume.index.identity() if lost is None else lost
    with in_turn(volume.directory):
        if volume.index.identity() not in {lost, NO_FILE}:
            volume.index.forget()
            return
        log.error("the index of a volume is lost or damaged: begun anew, footage is listed again after a rebuild")
        set_aside(volume.index, iso(clock.now_us()))
        on_step("restart:aside")
        with new_index(volume.index) as fresh:
            on_step("restart:made")
            _fill(volume.with_index(fresh), on_step)


def _fill(volume: Volume, on_step: OnStep) -> None:
    for name in restore_locks(volume):
        log.error("the copy of a lock is unreadable: %s", name)
    on_step("restart:locks")
    signed = _restore_checkpoints(volume)
    on_step("restart:checkpoints")
    for stream in stored_streams(volume):
        _index_newest(volume, stream)
    deleted_us = deleted_until_us(volume)
    with volume.index.write() as connection:
        away = {}
        for stream, sequence in signed.items():
            number, newest, end_us = newest_of(connection, stream)
            # A lock may have kept what is older, or nothing was left: then a deletion behind it was written down.
            if newest < sequence and deleted_us.get(stream, -1) <= end_us:
                away[number] = newest
            keep_number(connection, stream, sequence)
        note_begun_with(connection, away)
    on_step("restart:rows")
    restore_told(volume)
    on_step("restart:gaps")


def _index_newest(volume: Volume, stream: StreamKey) -> None:
    for day in _by_sequence(volume, stream):
        for file in reversed(list(day_files(volume, stream, day))):
            found = RecoveryReport()
            verdict = adopt(volume, stream, file, found, may_cut_damaged=False)
            log_problems(found)
            if verdict.segment is not None:
                return


def _by_sequence(volume: Volume, stream: StreamKey) -> list[str]:
    """Days, the one with the newest file first: after a clock that was ahead it is not the last one.

    Names end with the sequence, which has eight digits for two centuries.
    """
    newest = {day: max((name[-_SEQUENCE:] for name in day_names(volume, stream, day)), default="")
              for day in stored_days(volume, stream)}  # fmt: skip
    return sorted(newest, key=lambda day: newest[day], reverse=True)


def _index_day(volume: Volume, stream: StreamKey, day: str, report: RebuildReport, progress: Progress) -> None:
    known = _known_files(volume, stream)
    for file in day_files(volume, stream, day):
        if (file.start_us, file.sequence) in known:
            continue
        found = RecoveryReport()
        adopt(volume, stream, file, found, may_cut_damaged=False)
        report.segments += len(found.adopted)
        report.removed += found.removed
        report.problems += found.problems
        progress(file.path, sum(segment.size_bytes for segment in found.adopted))


def _known_files(volume: Volume, stream: StreamKey) -> set[tuple[int, int]]:
    with volume.index.read() as connection:
        stream_id = find_stream(connection, stream)
        return set(connection.execute("SELECT start_us, sequence FROM segment WHERE stream_id = ?", (stream_id,)))


def _restore_checkpoints(volume: Volume) -> dict[StreamKey, int]:
    """Put them back from their files; the highest number of each stream that this volume's own ones sign."""
    highest: dict[StreamKey, int] = {}
    for path in sorted((volume.path / "checkpoints").glob("*.json")):
        try:
            values = json.loads(path.read_bytes())
            checkpoint = checkpoints.Checkpoint(
                int(values["at_us"]), str(values["body"]), bytes.fromhex(values["signature"])
            )
        except (ValueError, KeyError, TypeError, OSError):
            log.error("a checkpoint is unreadable: %s", path.name)  # noqa: TRY400
            continue
        checkpoints.insert_checkpoint(volume, checkpoint)
        for stream, sequence in checkpoint.signed_numbers(volume.uuid).items():
            highest[stream] = max(highest.get(stream, -1), sequence)
    return highest
