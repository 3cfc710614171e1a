"""One disk the archive writes to, known by its UUID."""

import errno
import json
import logging
import os
from collections.abc import Mapping
from copy import copy
from pathlib import Path
from uuid import UUID, uuid4

from vms.archive.index import Index
from vms.archive.new_index import LOCK, NEW, new_index
from vms.kernel.clock import Clock, iso
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)

FORMAT = 1
RESERVE_SHARE = 0.02
DEFAULT_RESERVE_BYTES = 1 << 30
_DIRECTORIES = ("segments", "checkpoints", "locks", "gaps")
_OWN = {*_DIRECTORIES, "lost+found", "index.sqlite", LOCK, "volume.json.tmp"}


class Volume:
    """A directory with `volume.json`, reached through a descriptor so that no other disk is ever written by mistake.

    A volume that was known before but is away can be held too (`is_attached` False); `attach` brings it back.
    Methods that touch the disk raise OSError; those that find the wrong thing raise VmsError.
    """

    def __init__(self, path: Path, uuid: UUID, reserve_bytes: int = DEFAULT_RESERVE_BYTES) -> None:
        self.path = path
        self.uuid = uuid
        self.index = Index(path / "index.sqlite", uuid)
        self._reserve_bytes = reserve_bytes
        self._descriptor: int | None = None
        self._identity = (0, 0)

    @classmethod
    def create(cls, path: Path, clock: Clock, reserve_bytes: int = DEFAULT_RESERVE_BYTES) -> "Volume":
        """Make a volume in an empty or missing directory; CONFLICT `volume_not_empty` when something is there."""
        path.mkdir(parents=True, exist_ok=True)
        names = {entry.name for entry in path.iterdir() if not entry.name.startswith(NEW)}
        if names - _OWN or _has_entries(path / "segments"):
            raise VmsError(
                Kind.CONFLICT, "volume_not_empty",
                f"{path} holds other files and is no archive volume. Choose an empty directory.", path=str(path),
            )  # fmt: skip
        volume = cls(path, uuid4(), reserve_bytes)
        for name in _DIRECTORIES:
            (path / name).mkdir(exist_ok=True)
        with new_index(volume.index):  # an empty one: nobody knows the volume yet
            pass
        content = {"uuid": str(volume.uuid), "created_at": iso(clock.now_us()), "format": FORMAT}
        replace_file(path / "volume.json", json.dumps(content).encode())  # last: from now on it is a volume
        volume.attach()
        return volume

    @classmethod
    def open(cls, path: Path, expected_uuid: UUID, reserve_bytes: int = DEFAULT_RESERVE_BYTES) -> "Volume":
        """The volume at `path`: GONE `volume_missing` when there is none, CONFLICT `wrong_volume` when another."""
        volume = cls(path, expected_uuid, reserve_bytes)
        volume.attach()
        return volume

    def with_index(self, index: Index) -> "Volume":
        """The same directory, seen with another index of it; not to be closed: it borrows this one's descriptor."""
        seen = copy(self)
        seen.index = index
        return seen

    def attach(self) -> None:
        """Open the directory (again); errors as in `open`."""
        self.detach()
        found = read_uuid(self.path)
        if found != self.uuid:
            raise VmsError(
                Kind.CONFLICT, "wrong_volume",
                f"{self.path} is another volume than expected. Mount the right disk.", path=str(self.path),
                expected=str(self.uuid), found=str(found),
            )  # fmt: skip
        self._descriptor = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        state = os.fstat(self._descriptor)
        self._identity = (state.st_dev, state.st_ino)
        self.index.forget()

    def detach(self) -> None:
        """Let go of the directory, so that the disk can be unmounted."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def close(self) -> None:
        """Let go of everything."""
        self.index.close()
        self.detach()

    @property
    def is_attached(self) -> bool:
        """Whether the directory is open."""
        return self._descriptor is not None

    @property
    def directory(self) -> int:
        """Descriptor of the directory; GONE `volume_missing` when detached."""
        if self._descriptor is None:
            raise _missing(self.path)
        return self._descriptor

    def still_there(self) -> bool:
        """Whether the path still leads to the directory that was opened (same device, same inode)."""
        if self._descriptor is None:
            return False
        try:
            state = self.path.stat()
        except OSError:
            return False
        return (state.st_dev, state.st_ino) == self._identity

    def answers(self) -> bool:
        """Whether its disk still gives what lies on it: one file that it refuses is then that file's own fault."""
        try:
            return self.still_there() and read_uuid(self.path) == self.uuid
        except VmsError:
            return False

    def free_bytes(self) -> int:
        """Bytes that may still be written."""
        state = os.fstatvfs(self.directory)
        return state.f_bavail * state.f_frsize

    def total_bytes(self) -> int:
        """Size of the file system."""
        state = os.fstatvfs(self.directory)
        return state.f_blocks * state.f_frsize

    @property
    def reserve_bytes(self) -> int:
        """What new footage never takes: room for the index, for closing files, for the time a sweep needs."""
        return max(int(self.total_bytes() * RESERVE_SHARE), self._reserve_bytes)


def read_uuid(path: Path) -> UUID:
    """The UUID of the volume at `path`; GONE `volume_missing` without one, CORRUPT `volume_damaged` when unreadable."""
    try:
        descriptor = os.open(path / "volume.json", os.O_RDONLY | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)  # the disk is asked, not what was read before
            content = file.read()
    except OSError as err:
        if err.errno in {errno.ENOENT, errno.ENOTDIR}:
            raise _missing(path) from err
        raise VmsError(
            Kind.UNAVAILABLE, "volume_unreadable", f"{path} cannot be read. Check the disk.", path=str(path)
        ) from err
    try:
        values = json.loads(content)
        uuid, is_known = UUID(values["uuid"]), values["format"] == FORMAT
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise _damaged(path) from err
    if not is_known:
        raise _damaged(path)
    return uuid


def replace_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a small file so that after any crash either the old or the new content is there."""
    replace_files(path.parent, {path.name: content}, mode)


def replace_files(folder: Path, contents: Mapping[str, bytes], mode: int = 0o644) -> None:
    """The same for each of several files of one folder, whose names are made durable together."""
    for name, content in contents.items():
        temporary = folder / f"{name}.tmp"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(folder / name)
    sync_directory(folder)


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _has_entries(path: Path) -> bool:
    return path.is_dir() and any(path.iterdir())


def _damaged(path: Path) -> VmsError:
    return VmsError(
        Kind.CORRUPT,
        "volume_damaged",
        f"volume.json in {path} is unreadable. Restore it from a backup.",
        path=str(path),
    )


def _missing(path: Path) -> VmsError:
    return VmsError(
        Kind.GONE, "volume_missing", f"No archive volume at {path}. Mount the disk that belongs there.", path=str(path)
    )
