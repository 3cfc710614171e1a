"""A training material's file as browsers take it: a paper to keep, a film in ranges."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import StreamingResponse

from vms.documents.turkish import plain_ascii
from vms.kernel.errors import Kind, VmsError
from vms.training.model import Version
from vms.training.upload import FileType
from web.transfer.byte_range import byte_range
from web.workers import Workers

MAX_RANGE_BYTES = 2 * 1024 * 1024  # a player asks for the next; one that left has not had more read for it
_PIECE_BYTES = 256 * 1024
_EXTENSIONS = {FileType.PDF: "pdf", FileType.MP4: "mp4", FileType.WEBM: "webm"}


async def file_answer(version: Version, title: str, path: Path, wanted: str, workers: Workers) -> Response:
    """The file, or the one range of it that `wanted` (the header) asks for; of a range at most `MAX_RANGE_BYTES`.

    Its type is what was found when it was examined, never guessed; a PDF is a download, so that no script in it ever
    runs under this address. VmsError: INVALID `range_needed`, `range_unsatisfiable`; CORRUPT `training_file_missing`.
    """
    file_type = FileType(version.media_type)
    name = f"{title} s{version.number}.{_EXTENSIONS[file_type]}"
    manner = "attachment" if file_type is FileType.PDF else "inline"
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Disposition": f"{manner}; filename=\"{plain_ascii(name)}\"; filename*=UTF-8''{quote(name)}",
        "ETag": f'"{version.sha256.hex()}"',
    }
    offset, length = 0, version.size_bytes
    status = HTTPStatus.OK
    if wanted:
        offset, length = byte_range(wanted, version.size_bytes)
        length = min(length, MAX_RANGE_BYTES)
        headers["Content-Range"] = f"bytes {offset}-{offset + length - 1}/{version.size_bytes}"
        status = HTTPStatus.PARTIAL_CONTENT
    headers["Content-Length"] = str(length)
    file = await workers.run(lambda: _opened(path, version.size_bytes))
    return StreamingResponse(_pieces(file, offset, length, workers), status, headers, file_type.value)


def _opened(path: Path, size_bytes: int) -> BinaryIO:
    try:
        if path.stat().st_size == size_bytes:
            return path.open("rb")
    except OSError as err:
        raise _missing() from err
    raise _missing()


def _missing() -> VmsError:
    return VmsError(
        Kind.CORRUPT, "training_file_missing", "The material's file is gone or damaged. Restore it from the backup."
    )


async def _pieces(file: BinaryIO, offset: int, length: int, workers: Workers) -> AsyncIterator[bytes]:
    with file:
        await workers.run(lambda: file.seek(offset))
        while length > 0:
            size = min(length, _PIECE_BYTES)
            piece = await workers.run(lambda size=size: file.read(size))  # type: ignore[misc]
            if not piece:
                return
            length -= len(piece)
            yield piece
