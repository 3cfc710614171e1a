"""Reading a package back, from its container or from a folder where it was unpacked."""

import os
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pyzipper

from vms.kernel.errors import Kind, VmsError

_CHUNK_BYTES = 1 << 20
# What the library says to bytes that somebody changed.
_BROKEN = (
    pyzipper.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, KeyError, IndexError, OverflowError,
    UnicodeDecodeError, struct.error, zlib.error, TypeError,
)  # fmt: skip
_LEFT_BY_SYSTEMS = re.compile(r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini").fullmatch


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
        """See `Unpacked.names`; without what systems leave in folders they have shown."""
        files = (Path(folder) / name for folder, _, names in os.walk(self._path) for name in names)
        return sorted(file.relative_to(self._path).as_posix() for file in files if not _LEFT_BY_SYSTEMS(file.name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """See `Unpacked.chunks`."""
        try:
            with (self._path / name).open("rb") as file:
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


def _unreadable(path: Path) -> VmsError:
    return VmsError(
        Kind.CORRUPT, "package_unreadable", f"{path.name} is no package, or is damaged. Ask for the copy again.",
    )  # fmt: skip
