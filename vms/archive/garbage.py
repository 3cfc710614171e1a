"""Removing files whose rows are gone."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import PurePosixPath

from vms.archive.segment_file import open_directory
from vms.archive.steps import OnStep, no_step
from vms.archive.volume import Volume

BATCH = 1000


def finish_garbage(volume: Volume, on_step: OnStep = no_step) -> int:
    """Delete steps 2 to 4 for every file on the list: unlink, fsync the directories, forget; returns bytes freed.

    Bytes are those the file system gave back as it saw them. Can be interrupted anywhere and done again.
    """
    freed_bytes = 0
    while True:
        with volume.index.read() as connection:
            paths = [row[0] for row in connection.execute("SELECT path FROM garbage LIMIT ?", (BATCH,))]
        if not paths:
            return freed_bytes
        freed_bytes += _unlink(volume, paths)
        on_step("delete:unlinked")
        with volume.index.write() as connection:
            connection.executemany("DELETE FROM garbage WHERE path = ?", [(path,) for path in paths])


def _unlink(volume: Volume, paths: Iterable[str]) -> int:
    freed_bytes = 0
    by_directory: dict[str, list[str]] = {}
    for path in map(PurePosixPath, paths):
        if path.parts[0] == "segments" and len(path.parts) == 5 and ".." not in path.parts:
            by_directory.setdefault(str(path.parent), []).append(path.name)
    for directory, names in by_directory.items():
        try:
            descriptor = open_directory(volume.directory, directory)
        except FileNotFoundError:
            continue
        try:
            for name in names:
                with contextlib.suppress(FileNotFoundError):
                    blocks = os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_blocks
                    os.unlink(name, dir_fd=descriptor)
                    freed_bytes += blocks * 512
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        with contextlib.suppress(OSError):  # not empty yet
            os.rmdir(directory, dir_fd=volume.directory)
    return freed_bytes
