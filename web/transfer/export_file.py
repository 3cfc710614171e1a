"""A package's file on its way to whoever puts it onto a medium: whole, or from where a copy broke off."""

import os
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from fastapi import Response
from fastapi.responses import StreamingResponse

from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError
from web.transfer.byte_range import byte_range
from web.workers import Workers

ZIP = "application/zip"
ASK_EVERY_US = US_PER_SECOND
_PIECE_BYTES = 1 << 20


def wanted_range(header: str, if_range: str, etag: str, size_bytes: int) -> tuple[int, int] | None:
    """Offset with length of what is asked for; None: all of it, also where another file was begun (RFC 9110 §13.1.5).

    VmsError as `byte_range`.
    """
    if not header or (if_range and if_range != etag):
        return None
    return byte_range(header, size_bytes)


class Leave:
    """Whether a copy under way may go on; `ask` is heard once a second at most. Belongs to one copy."""

    def __init__(self, clock: Clock, ask: Callable[[], bool]) -> None:
        self._clock = clock
        self._ask = ask
        self._asked_us = clock.boottime_us()  # whoever begins a copy was just asked

    def is_given(self) -> bool:
        """Blocks on the database: call it in a worker. What cannot be asked is not given."""
        now_us = self._clock.boottime_us()
        if now_us - self._asked_us < ASK_EVERY_US:
            return True
        self._asked_us = now_us
        try:
            return self._ask()
        except VmsError:
            return False


async def export_answer(
    path: Path, size_bytes: int, etag: str, wanted: tuple[int, int] | None, workers: Workers, leave: Leave
) -> Response:
    """The file, or the range of it. No copy is completed of what is destroyed, or may not be given any more, meanwhile.

    VmsError(GONE, `export_purged`) when it was destroyed just now.
    """
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{path.name}"',  # a name of ours: letters, digits, hyphens
        "ETag": etag,
    }
    offset, length = wanted or (0, size_bytes)
    status = HTTPStatus.OK if wanted is None else HTTPStatus.PARTIAL_CONTENT
    if wanted is not None:
        headers["Content-Range"] = f"bytes {offset}-{offset + length - 1}/{size_bytes}"
    headers["Content-Length"] = str(length)
    file = await workers.run(lambda: _opened(path))
    return StreamingResponse(_pieces(file, offset, length, workers, leave), status, headers, ZIP)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb", buffering=0)
    except FileNotFoundError as err:
        raise VmsError(Kind.GONE, "export_purged", "No copy of this package is left.") from err


async def _pieces(file: BinaryIO, offset: int, length: int, workers: Workers, leave: Leave) -> AsyncIterator[bytes]:
    with file:
        while length > 0:
            size = min(length, _PIECE_BYTES)
            piece = await workers.run(lambda at=offset, size=size: _read(file, at, size, leave))  # type: ignore[misc]
            if not piece:
                return
            offset, length = offset + len(piece), length - len(piece)
            yield piece


def _read(file: BinaryIO, offset: int, size: int, leave: Leave) -> bytes:
    """Nothing once its name is gone: what is destroyed must not leave through a copy that was begun before."""
    if os.fstat(file.fileno()).st_nlink == 0 or not leave.is_given():
        return b""
    return os.pread(file.fileno(), size, offset)
