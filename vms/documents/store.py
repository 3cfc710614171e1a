"""The files of documents, each under the hash of its content."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vms.kernel.errors import Kind, VmsError

_PIECE_BYTES = 1024 * 1024


class FileStore:
    """Files that are written once, durable before anything names them, never changed, never replaced.

    What a transaction wrote that was rolled back stays as a file nobody names: harmless, found by `vms document check`.
    Several processes may use one folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes) -> bytes:
        """Keep `content`; its SHA-256. On the disk when this returns."""
        digest = hashlib.sha256(content).digest()
        path = self.path(digest)
        if path.exists() and path.read_bytes() == content:
            return digest
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for folder in (path.parent, self._root):
            _sync(folder)
        return digest

    def put_file(self, source: Path) -> bytes:
        """The same for the file at `source`, however long it is: it is copied piece by piece, and stays where it is."""
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=self._root, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file, source.open("rb") as given:
                digest = hashlib.sha256()
                while piece := given.read(_PIECE_BYTES):
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            path = self.path(digest.digest())
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        for folder in (path.parent, self._root):
            _sync(folder)
        return digest.digest()

    def read(self, digest: bytes) -> bytes:
        """The content back, proved. VmsError(CORRUPT): `document_file_missing`, `document_file_changed`."""
        try:
            content = self.path(digest).read_bytes()
        except FileNotFoundError as err:
            raise _missing() from err
        if hashlib.sha256(content).digest() != digest:
            raise _changed()
        return content

    def prove(self, digest: bytes) -> None:
        """That a file of any size is what was stored; it is read piece by piece. VmsError as `read`."""
        try:
            with self.path(digest).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").digest()
        except FileNotFoundError as err:
            raise _missing() from err
        if found != digest:
            raise _changed()

    def path(self, digest: bytes) -> Path:
        """Where the content of this hash lies or would lie."""
        name = digest.hex()
        return self._root / name[:2] / name

    def digests(self) -> Iterator[bytes]:
        """The hashes of all files there are, by their names alone."""
        for path in sorted(self._root.glob("??/*")):
            if len(path.name) == 2 * hashlib.sha256().digest_size:
                yield bytes.fromhex(path.name)


def _missing() -> VmsError:
    return VmsError(Kind.CORRUPT, "document_file_missing", "The document's file is gone. Restore it from the backup.")


def _changed() -> VmsError:
    return VmsError(
        Kind.CORRUPT, "document_file_changed", "The document's file is not what was stored. Restore it from the backup."
    )


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
