"""The fsck of a volume: whether index and files tell the same story."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from enum import StrEnum

from vms.archive.adoption import is_live
from vms.archive.model import StreamKey
from vms.archive.problem import Problem
from vms.archive.queries import known_streams
from vms.archive.rows import find_stream
from vms.archive.segment_file import open_directory
from vms.archive.segment_name import day_directory, file_name, parse_name, segment_path, stream_directory
from vms.archive.verify import verify_volume
from vms.archive.volume import Volume
from vms.archive.walk import day_names, stored_days, stored_streams
from vms.kernel.clock import US_PER_DAY

SECOND_LOOK_S = 2.0

Progress = Callable[[int], None]  # segments looked at since the last call


class Level(StrEnum):
    """How deep to look, and what it costs."""

    PRESENCE = "presence"  # names in directories against rows: reads no file
    SIZES = "sizes"  # one stat for each file as well
    FULL = "full"  # every byte, every seal, every link


def check_volume(
    volume: Volume,
    level: Level,
    progress: Progress = lambda _count: None,
    *,
    second_look_s: float = SECOND_LOOK_S,
) -> Iterator[Problem]:
    """Yield what is wrong, stream by stream; may run while the volume is recorded to and swept.

    A file that is just being closed has no row for some milliseconds: what may be in motion is looked at again at
    the end, `second_look_s` later, and told only if it is still so.
    """
    moving = list(_check_leftovers(volume))
    with volume.index.read() as connection:
        known = known_streams(connection)
    for stream in sorted({*known, *stored_streams(volume)}, key=lambda stream: (str(stream.camera_id), stream.name)):
        for problem in check_stream(volume, stream, level, progress):
            if problem.code == "file_without_row":
                moving.append(problem)
            else:
                yield problem
    if level is Level.FULL:
        with volume.index.read() as connection:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check(10)") if row[0] != "ok"]
        for fault in faults:
            yield Problem(volume.uuid, "index_damaged", fault)
        yield from verify_volume(volume, progress=progress)
    if moving:
        threading.Event().wait(second_look_s)
        yield from (problem for problem in moving if _is_still_so(volume, problem))


def _is_still_so(volume: Volume, problem: Problem) -> bool:
    if _is_being_written(volume, problem.path):
        return False
    if problem.code == "garbage_left":
        return (volume.path / problem.path).exists()
    assert problem.camera_id is not None
    stream = StreamKey(problem.camera_id, problem.stream)
    parsed = parse_name(problem.path.rpartition("/")[2])
    if problem.code == "unfinished_file":
        return parsed is not None and _is_still_open(volume, stream, parsed[1])
    is_there = (volume.path / problem.path).exists()
    return is_there and (parsed is None or not _has_row(volume, stream, *parsed))


def check_stream(volume: Volume, stream: StreamKey, level: Level, progress: Progress) -> Iterator[Problem]:
    """Compare one stream's rows with the names (and sizes) of its files."""
    names = {day: set(day_names(volume, stream, day)) for day in stored_days(volume, stream)}
    rows = _read_rows(volume, stream)
    sizes: dict[str, dict[str, int]] = {}
    day_number, day = -1, ""
    for start_us, end_us, sequence, size_bytes in rows:
        if start_us // US_PER_DAY != day_number:
            day_number = start_us // US_PER_DAY
            day = day_directory(stream, start_us).rpartition("/")[2]
        name = file_name(start_us, sequence)
        present = names.get(day, set())
        if name not in present:
            if _has_row(volume, stream, start_us, sequence):  # a sweep may have taken it since the rows were read
                path = segment_path(stream, start_us, sequence)
                yield Problem.of(volume.uuid, stream, "row_without_file", path, f"footage up to {end_us} is gone")
            continue
        present.discard(name)
        if level is Level.SIZES:
            yield from _check_size(volume, stream, day, name, size_bytes, sizes)
    progress(len(rows))
    yield from _check_strangers(volume, stream, names)


def _check_size(
    volume: Volume, stream: StreamKey, day: str, name: str, size_bytes: int, sizes: dict[str, dict[str, int]]
) -> Iterator[Problem]:
    if day not in sizes:
        sizes.clear()  # rows come by day: one day's files are enough
        with contextlib.closing(os.scandir(volume.path / stream_directory(stream) / day)) as entries:
            sizes[day] = {entry.name: entry.stat().st_size for entry in entries}
    found = sizes[day].get(name)
    if found is not None and found != size_bytes:
        path = f"{stream_directory(stream)}/{day}/{name}"
        yield Problem.of(volume.uuid, stream, "size_differs", path, f"{found} bytes where {size_bytes} were written")


def _check_strangers(volume: Volume, stream: StreamKey, names: dict[str, set[str]]) -> Iterator[Problem]:
    """Files that no row knows."""
    garbage = _garbage(volume)
    for day, rest in sorted(names.items()):
        for name in sorted(rest):
            path = f"{stream_directory(stream)}/{day}/{name}"
            parsed = parse_name(name)
            if path in garbage or _is_being_written(volume, path):
                continue
            if parsed is None or not _has_row(volume, stream, *parsed):
                yield Problem.of(volume.uuid, stream, "file_without_row", path, "no row knows this file")


def _check_leftovers(volume: Volume) -> Iterator[Problem]:
    """What a crash left and recovery has not finished."""
    with volume.index.read() as connection:
        rows = connection.execute(
            "SELECT camera_id, name, start_us, sequence FROM open_file JOIN stream ON stream.id = stream_id"
        ).fetchall()
        streams = {(str(stream.camera_id), stream.name): stream for stream in known_streams(connection)}
    for camera, name, start_us, sequence in rows:
        stream = streams[camera, name]
        path = segment_path(stream, start_us, sequence)
        if not _is_being_written(volume, path):
            yield Problem.of(volume.uuid, stream, "unfinished_file", path, "recovery has not run since a crash")
    for path in _garbage(volume):
        if (volume.path / path).exists():
            yield Problem(volume.uuid, "garbage_left", "a deletion was interrupted", path)


def _read_rows(volume: Volume, stream: StreamKey) -> list[tuple[int, int, int, int]]:
    with volume.index.read() as connection:
        return connection.execute(
            "SELECT start_us, end_us, sequence, size_bytes FROM segment WHERE stream_id = ? ORDER BY start_us",
            (find_stream(connection, stream),),
        ).fetchall()


def _has_row(volume: Volume, stream: StreamKey, start_us: int, sequence: int) -> bool:
    with volume.index.read() as connection:
        found = connection.execute(
            "SELECT 1 FROM segment WHERE stream_id = ? AND start_us = ? AND sequence = ?",
            (find_stream(connection, stream), start_us, sequence),
        )
        return found.fetchone() is not None


def _is_still_open(volume: Volume, stream: StreamKey, sequence: int) -> bool:
    with volume.index.read() as connection:
        found = connection.execute(
            "SELECT 1 FROM open_file WHERE stream_id = ? AND sequence = ?", (find_stream(connection, stream), sequence)
        )
        return found.fetchone() is not None


def _garbage(volume: Volume) -> set[str]:
    with volume.index.read() as connection:
        return {path for (path,) in connection.execute("SELECT path FROM garbage")}


def _is_being_written(volume: Volume, path: str) -> bool:
    directory, _, name = path.rpartition("/")
    try:
        descriptor = open_directory(volume.directory, directory)
    except FileNotFoundError:
        return False
    try:
        return is_live(descriptor, name)
    except OSError:
        return False
    finally:
        os.close(descriptor)
