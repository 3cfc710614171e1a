"""A package's file on its way to whoever puts it onto a medium: whole, or from where a copy broke off."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from fastapi import Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError
from web.transfer.byte_range import byte_range
from web.workers import Workers

log = logging.getLogger(__name__)

ZIP = "application/zip"
ASK_EVERY_US = US_PER_SECOND
_PIECE_BYTES = 1 << 20
_TELL_AGAIN_S = (1, 5, 20)  # a database that is busy for a moment must not make a whole package be taken again
Given = Callable[[int, int], None]  # the first byte that was given, the one behind the last


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


class _Copy(StreamingResponse):
    """Tells once at its end, however that comes, which bytes were given.

    What was handed to the connection counts, so that a copy which goes on where the asker's file ends leaves no hole;
    the last byte only when the connection had taken everything while the asker was there.
    """

    def __init__(
        self, pieces: AsyncIterator[bytes], headers: dict[str, str], offset: int, length: int, given: Given,
        workers: Workers, status: int,
    ) -> None:  # fmt: skip
        super().__init__(pieces, status, headers, ZIP)
        self._first_byte, self._until_byte, self._end_byte = offset, offset, offset + length
        self._given = given
        self._workers = workers
        self._receive: Receive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        self._receive = receive
        try:
            await super().__call__(scope, receive, send)
        finally:  # also when whoever asked is gone, or the server ends
            await self._tell()

    async def stream_response(self, send: Send) -> None:
        """See the class above."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        handed_byte = self._first_byte
        async for piece in self.body_iterator:
            assert isinstance(piece, bytes)
            handed_byte += len(piece)
            self._until_byte = min(handed_byte, self._end_byte - 1)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": True})  # waits until the last was taken
        if not await self._is_left():
            self._until_byte = handed_byte
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _is_left(self) -> bool:
        """Whether the asker is gone: a server takes pieces for nobody, and says nothing of it."""
        asked = asyncio.ensure_future(self._receive())
        done, _ = await asyncio.wait([asked], timeout=0)  # who is gone is told at once
        asked.cancel()
        return bool(done) and asked.result()["type"] == "http.disconnect"

    async def _tell(self) -> None:
        if self._until_byte <= self._first_byte:
            return None
        for wait_s in (*_TELL_AGAIN_S, None):
            try:
                return await self._workers.run(lambda: self._given(self._first_byte, self._until_byte))
            except VmsError as err:
                if wait_s is None or err.kind is not Kind.UNAVAILABLE:
                    log.error("how far a copy of a package came could not be written down: %s", err)  # noqa: TRY400
                    return None
            await asyncio.sleep(wait_s)
        return None


async def export_answer(
    path: Path, size_bytes: int, etag: str, wanted: tuple[int, int] | None, workers: Workers, leave: Leave, given: Given
) -> Response:
    """The file, or the range of it. No copy is completed of what is destroyed, or may not be given any more, meanwhile.

    `given` is heard in a worker at the end of the copy, unless not one byte was. VmsError(GONE, `export_purged`) when
    it was destroyed just now.
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
    pieces = _pieces(file, offset, length, workers, leave)
    return _Copy(pieces, headers, offset, length, given, workers, status)


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
