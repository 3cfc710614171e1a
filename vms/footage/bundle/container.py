"""The package's file: a ZIP that ordinary programs open with the passphrase (WinZip AE-2, AES-256, stored).

Each part is hashed before it is encrypted, for the manifest; the file as it is written, for the register. Nothing is
read twice or written twice, so sizes stand behind each part and in the directory at the end.

Names and sizes of parts stand in the file unencrypted: no name of a person, place or case belongs into them.
"""

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyzipper
from pyzipper.zipfile_aes import WZ_AES_V2, AESZipInfo

_MODE = 0o640 << 16  # of what is unpacked


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the package, as whoever unpacks it gets it."""

    name: str
    size_bytes: int
    sha256: str

    def to_json(self) -> dict[str, Any]:
        """As the manifest has it."""
        return {"file": self.name, "size_bytes": self.size_bytes, "sha256": self.sha256}


class Container:
    """A package being written; `progress` hears how many bytes have been, and may raise to stop it."""

    def __init__(self, file: BinaryIO, passphrase: str, at: datetime, progress: Callable[[int], None]) -> None:
        self._out = _Out(file, progress)
        self._at = at
        self._zip = pyzipper.AESZipFile(
            self._out, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES,
            encryption_kwargs={"nbits": 256, "force_wz_aes_version": WZ_AES_V2},
        )  # fmt: skip
        self._zip.setpassword(passphrase.encode())

    def add(self, name: str, content: Iterable[bytes]) -> Part:
        """Write one part as its bytes come. OSError when the disk refuses; whatever `content` raises."""
        info = AESZipInfo(name, self._at.timetuple()[:6])
        info.compress_type, info.external_attr = pyzipper.ZIP_STORED, _MODE
        running, size_bytes = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for chunk in content:
                running.update(chunk)
                entry.write(chunk)
                size_bytes += len(chunk)
        return Part(name, size_bytes, running.hexdigest())

    def pause(self) -> None:
        """Let `progress` be heard, and stop it, while nothing is written for long."""
        self._out.tell_progress()

    def finish(self) -> None:
        """Write the directory of the file."""
        self._zip.close()

    def abandon(self) -> None:
        """Write nothing more, neither now nor when the library's object goes."""
        self._zip.fp = None

    @property
    def size_bytes(self) -> int:
        """How much was written."""
        return self._out.size_bytes

    @property
    def sha256(self) -> str:
        """Of all that was written."""
        return self._out.hash.hexdigest()


@contextmanager
def new_container(path: Path, passphrase: str, at: datetime, progress: Callable[[int], None]) -> Iterator[Container]:
    """A package at `path`, only for this user, on the disk when the context ends.

    FileExistsError when there is one. After an error what was written is gone.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            container = Container(file, passphrase, at, progress)
            try:
                yield container
                container.finish()
            finally:
                container.abandon()
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


class _Out(io.RawIOBase):
    """A file that only grows, so that its hash is known when it ends."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        self._file = file
        self._progress = progress
        self.hash = hashlib.sha256()
        self.size_bytes = 0

    def write(self, data: Any) -> int:
        """See `RawIOBase.write`; all of it is written."""
        self._file.write(data)
        self.hash.update(data)
        self.size_bytes += len(data)
        self.tell_progress()
        return len(data)

    def tell_progress(self) -> None:
        """Say how much was written."""
        self._progress(self.size_bytes)

    def flush(self) -> None:
        """See `RawIOBase.flush`."""
        if not self._file.closed:
            self._file.flush()

    def writable(self) -> bool:
        """See `RawIOBase.writable`."""
        return True

    def tell(self) -> int:
        """Refused: a file that tells its position is asked to go back to one."""
        raise io.UnsupportedOperation("this file only grows")
