"""Which streams, days and segment files lie in a volume, by their names alone."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from vms.archive.model import StreamKey
from vms.archive.segment_file import open_directory
from vms.archive.segment_name import file_name, parse_name, parse_stream, stream_directory
from vms.archive.volume import Volume


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file whose name is a segment's."""

    path: str
    name: str
    start_us: int
    sequence: int


def stored_streams(volume: Volume) -> list[StreamKey]:
    """Streams that have a directory."""
    found = []
    for camera in _names(volume, "segments"):
        for name in _names(volume, f"segments/{camera}"):
            stream = parse_stream(camera, name)
            if stream is not None:
                found.append(stream)
    return found


def stored_days(volume: Volume, stream: StreamKey) -> list[str]:
    """UTC days (`2026-11-21`) that have a directory, oldest first."""
    return sorted(_names(volume, stream_directory(stream)))


def day_names(volume: Volume, stream: StreamKey, day: str) -> list[str]:
    """Names of everything in a day's directory."""
    return _names(volume, f"{stream_directory(stream)}/{day}")


def day_files(volume: Volume, stream: StreamKey, day: str) -> Iterator[FoundFile]:
    """Segment files of a day in order of their sequence."""
    found = []
    for name in day_names(volume, stream, day):
        parsed = parse_name(name)
        if parsed is not None and name == file_name(*parsed):
            found.append(FoundFile(f"{stream_directory(stream)}/{day}/{name}", name, *parsed))
    yield from sorted(found, key=lambda file: file.sequence)


def _names(volume: Volume, path: str) -> list[str]:
    try:
        descriptor = open_directory(volume.directory, path)
    except (FileNotFoundError, NotADirectoryError):
        return []
    try:
        return os.listdir(descriptor)  # noqa: PTH208 - pathlib takes no descriptor
    finally:
        os.close(descriptor)
