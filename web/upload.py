"""Takes a file out of a request's body, bounded, without holding it in memory."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from fastapi import Request

from vms.documents.upload import MAX_UPLOAD_BYTES, MediaType, too_large
from vms.kernel.errors import Kind, VmsError
from web.workers import Workers

_WRITTEN_AT_ONCE_BYTES = 1024 * 1024


@asynccontextmanager
async def received_file(request: Request, workers: Workers) -> AsyncIterator[Path]:
    """The body as a file that is gone when the block ends. VmsError(INVALID): `file_type_wrong`, `file_too_large`.

    Written on `workers`: a disk that is slow must not hold up live pictures.
    """
    _check_type(request.headers.get("content-type", ""))
    with tempfile.NamedTemporaryFile(prefix="nazar-upload-") as file:
        waiting, received = bytearray(), 0
        async for chunk in request.stream():
            received += len(chunk)
            if received > MAX_UPLOAD_BYTES:
                raise too_large()
            waiting += chunk
            if len(waiting) >= _WRITTEN_AT_ONCE_BYTES:
                part, waiting = bytes(waiting), bytearray()
                await workers.run(lambda part=part: file.write(part))  # type: ignore[misc]
        await workers.run(lambda: _finish(file, waiting))
        yield Path(file.name)


def _finish(file: IO[bytes], rest: bytes | bytearray) -> None:
    file.write(rest)
    file.flush()


def _check_type(told: str) -> None:
    """What the body itself is, is looked at later; a form or a page of JSON is refused before it is read."""
    if told.partition(";")[0].strip().lower() not in {one.value for one in MediaType}:
        raise VmsError(
            Kind.INVALID, "file_type_wrong",
            "A signed file is a PDF, or a scan as PDF, PNG or JPEG. Choose another file.",
        )  # fmt: skip
