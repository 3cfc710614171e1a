"""Reading a package back, from its container or from a folder where it was unpacked."""

import os
import stat
import struct
import zlib
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import pyzipper

from vms.footage.bundle.layout import check_layout
from vms.kernel.errors import Kind, VmsError

_CHUNK_BYTES = 1 << 20
# What the library says to bytes that somebody changed.
_BROKEN = (
    pyzipper.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, KeyError, IndexError, OverflowError,
    UnicodeDecodeError, struct.error, zlib.error, TypeError,
)  # fmt: skip
# What systems leave in folders they have shown, by how it begins, and how large it is at most: no place to hide a film.
_LEFT_BY_SYSTEMS = {
    ".DS_Store": b"\0\0\0\1Bud1",
    "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "desktop.ini": b"",
}
_APPLE_DOUBLE, _APPLE_BEGINNING = "._", b"\0\5\x16\7"  # `._X` beside X: what macOS knows of X
_LEFT_LIMIT_BYTES = 1 << 18


class PartUnreadableError(Exception):
    """A part that cannot be read to its end."""


class Unpacked(Protocol):
    """The parts of a package."""

    def names(self) -> list[str]:
        """All of them; one that is there twice stands there twice."""
        ...

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one, a megabyte at a time; PartUnreadableError."""
        ...


class PackageFile:
    """A package as it was built. Close it."""

    def __init__(self, path: Path, passphrase: str) -> None:
        """CORRUPT `package_unreadable` when it is no such file, INVALID `passphrase_wrong`; OSError from the disk."""
        self._file = path.open("rb")
        try:
            self._zip = pyzipper.AESZipFile(self._file)
            self._zip.setpassword(passphrase.encode())
            check_layout(self._zip, self._file)
            is_right = any(self._opens(name) for name in self._zip.namelist())
        except _BROKEN as err:
            self._file.close()
            raise _unreadable(path) from err
        if not is_right:
            self.close()
            raise VmsError(
                Kind.INVALID, "passphrase_wrong", f"{path.name} does not open with this passphrase. Type it again.",
            )  # fmt: skip

    def names(self) -> list[str]:
        """See `Unpacked.names`."""
        return list(self._zip.namelist())

    def chunks(self, name: str) -> Iterator[bytes]:
        """See `Unpacked.chunks`."""
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK_BYTES):
                    yield chunk
        except (*_BROKEN, OSError) as err:
            raise PartUnreadableError(name) from err

    def close(self) -> None:
        """Let go of it."""
        self._zip.close()
        self._file.close()

    def _opens(self, name: str) -> bool:
        try:
            self._zip.open(name).close()
        except _BROKEN:
            return False
        return True


class PackageFolder:
    """A folder into which a package was unpacked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        """See `Unpacked.names`: whatever is no folder, links too, but for what systems leave in folders they showed.

        A folder that cannot be looked into stands for what is in it.
        """
        found, folders = [], [self._path]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as entries:
                    inside = {entry.name: entry for entry in entries}
            except OSError:
                found.append(folder)
                continue
            for name, entry in inside.items():
                if entry.is_dir(follow_symlinks=False):
                    folders.append(folder / name)
                elif not _is_left_by_system(folder / name, inside.keys()):
                    found.append(folder / name)
        return sorted(path.relative_to(self._path).as_posix() for path in found)

    def chunks(self, name: str) -> Iterator[bytes]:
        """See `Unpacked.chunks`; of a plain file only."""
        try:
            with _opened(self._path / name) as file:
                while chunk := file.read(_CHUNK_BYTES):
                    yield chunk
        except OSError as err:
            raise PartUnreadableError(name) from err

    def close(self) -> None:
        """Nothing is held."""


def open_package(path: Path, passphrase: str) -> PackageFile | PackageFolder:
    """The package at `path`, whichever of the two it is; errors as in `PackageFile`."""
    return PackageFolder(path) if path.is_dir() else PackageFile(path, passphrase)


def read_whole(package: Unpacked, name: str, limit_bytes: int) -> bytes:
    """All bytes of a small part; PartUnreadableError also when it is larger than any such part can be."""
    content = bytearray()
    for chunk in package.chunks(name):
        content += chunk
        if len(content) > limit_bytes:
            raise PartUnreadableError(name)
    return bytes(content)


def twice(package: Unpacked) -> list[str]:
    """Names that stand in the package more than once: programs would not agree which of them they show."""
    return sorted(name for name, count in Counter(package.names()).items() if count > 1)


def _opened(path: Path) -> BinaryIO:
    """A plain file, opened; OSError for a link, a pipe or whatever else would not end or lies elsewhere."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path.name} is no file")
    return os.fdopen(descriptor, "rb")


def _is_left_by_system(path: Path, siblings: Container[str]) -> bool:
    beginning = _LEFT_BY_SYSTEMS.get(path.name)
    if beginning is None:
        if not path.name.startswith(_APPLE_DOUBLE) or path.name.removeprefix(_APPLE_DOUBLE) not in siblings:
            return False
        beginning = _APPLE_BEGINNING
    try:
        with _opened(path) as file:
            content = file.read(_LEFT_LIMIT_BYTES + 1)
    except OSError:
        return False
    return len(content) <= _LEFT_LIMIT_BYTES and content.startswith(beginning)


def _unreadable(path: Path) -> VmsError:
    return VmsError(
        Kind.CORRUPT, "package_unreadable", f"{path.name} is no package, or is damaged. Ask for the copy again.",
    )  # fmt: skip
