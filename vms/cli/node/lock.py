"""Locks between processes of one node: held by a file descriptor, so that a dead process holds none."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vms.kernel.errors import Kind, VmsError


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Hold `path` while the block runs; VmsError(CONFLICT, `already_running`) when another process does."""
    with _opened(path) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as err:
            raise VmsError(
                Kind.CONFLICT, "already_running", f"{what} runs already on this data folder. Stop it first."
            ) from err
        yield


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Wait for `path`, then hold it while the block runs; for work of milliseconds."""
    with _opened(path) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
