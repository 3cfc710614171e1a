"""Takes a file out of a request's body, bounded, without holding it in memory."""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fastapi import Request

from vms.documents.eyp import unreadable as no_package
from vms.documents.upload import MAX_UPLOAD_BYTES, MediaType, too_large
from vms.kernel.errors import Kind, VmsError
from vms.training import upload as training
from web.workers import Workers

_WRITTEN_AT_ONCE_BYTES = 1024 * 1024


def _no_signed_file() -> VmsError:
    return VmsError(
        Kind.INVALID, "file_type_wrong",
        "A signed file is a PDF, or a scan as PDF, PNG or JPEG. Choose another file.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """What a route takes: these media types, at most so many bytes; `folder` None: the machine's own for such files."""

    media_types: frozenset[str]
    most_bytes: int
    wrong_type: Callable[[], VmsError]
    too_large: Callable[[], VmsError]
    folder: Path | None = None


def _no_letter() -> VmsError:
    return VmsError(
        Kind.INVALID, "file_type_wrong",
        "A letter is a PDF, an e-Yazışma package, or a scan as PDF, PNG or JPEG. Choose another file.",
    )  # fmt: skip


_ANY = frozenset(one.value for one in MediaType)
SIGNED_FILE = Taken(_ANY - {MediaType.EYP.value}, MAX_UPLOAD_BYTES, _no_signed_file, too_large)
LETTER_FILE = Taken(_ANY, MAX_UPLOAD_BYTES, _no_letter, too_large)
PACKAGE = Taken(frozenset({MediaType.EYP.value}), MAX_UPLOAD_BYTES, no_package, too_large)


def training_upload(request: Request, folder: Path) -> Taken:
    """A training material, received where it will be kept: the machine's own folder may be memory."""
    told = _media_type(request)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file_type = training.FileType(told) if told in set(training.FileType) else training.FileType.PDF
    return Taken(
        frozenset(one.value for one in training.FileType), training.most_bytes(file_type), training.wrong_type,
        lambda: training.too_large(file_type), folder,
    )  # fmt: skip


@asynccontextmanager
async def received_file(request: Request, workers: Workers, taken: Taken = SIGNED_FILE) -> AsyncIterator[Path]:
    """The body as a file that is gone when the block ends. VmsError(INVALID): what `taken` says.

    Written on `workers`: a disk that is slow must not hold up live pictures.
    """
    if _media_type(request) not in taken.media_types:  # what the body itself is, is looked at later
        raise taken.wrong_type()
    with tempfile.NamedTemporaryFile(prefix=".upload-", dir=taken.folder) as file:
        waiting, received = bytearray(), 0
        async for chunk in request.stream():
            received += len(chunk)
            if received > taken.most_bytes:
                raise taken.too_large()
            waiting += chunk
            if len(waiting) >= _WRITTEN_AT_ONCE_BYTES:
                part, waiting = bytes(waiting), bytearray()
                await workers.run(lambda part=part: file.write(part))  # type: ignore[misc]
        await workers.run(lambda: _finish(file, waiting))
        yield Path(file.name)


def _finish(file: IO[bytes], rest: bytes | bytearray) -> None:
    file.write(rest)
    file.flush()


def _media_type(request: Request) -> str:
    """What the body is said to be; a form or a page of JSON is refused before it is read."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
