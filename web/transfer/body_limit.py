"""A bound on what a caller may send in one request."""

import re
from collections.abc import Callable

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vms.documents.upload import MAX_UPLOAD_BYTES, too_large
from vms.kernel.errors import Kind, VmsError
from vms.training.upload import MAX_FILM_BYTES, FileType
from vms.training.upload import too_large as film_too_large
from web.errors import problem

# Where files are taken (by PUT), how long they may be, what is said of a longer one.
_UPLOADS: tuple[tuple[re.Pattern[str], int, Callable[[], VmsError]], ...] = (
    (re.compile(r"/api/v1/documents/[^/]+/signed-file"), MAX_UPLOAD_BYTES, too_large),
    (re.compile(r"/api/v1/letters/[^/]+/file"), MAX_UPLOAD_BYTES, too_large),
    (re.compile(r"/api/v1/training/materials/[^/]+/file"), MAX_FILM_BYTES, lambda: film_too_large(FileType.MP4)),
)
MAX_BODY_BYTES = 256 * 1024  # the largest honest one is a WebRTC offer of some ten kilobytes


class BodyLimit:
    """ASGI layer that answers `request_too_large` instead of reading more than `MAX_BODY_BYTES`.

    Where files are taken another bound and another refusal count (`_UPLOADS`).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        upload = _upload(scope)
        limit_bytes, refusal = (MAX_BODY_BYTES, _too_large) if upload is None else upload
        if _announced_bytes(Headers(scope=scope)) > limit_bytes:
            await problem(Request(scope), refusal())(scope, receive, send)
        elif upload is not None:
            await self._app(scope, receive, send)  # counted where it is written to a file (`web.transfer.upload`)
        else:
            await self._app(scope, _Counting(receive), send)


def _upload(scope: Scope) -> tuple[int, Callable[[], VmsError]] | None:
    """The bound and the refusal of a route that takes files; None for any other."""
    if scope["method"] != "PUT":
        return None
    return next(((most, refusal) for place, most, refusal in _UPLOADS if place.fullmatch(scope["path"])), None)


class _Counting:
    """`receive` of a body without an announced length; VmsError once it is too long."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._received_bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._received_bytes += len(message.get("body", b""))
        if self._received_bytes > MAX_BODY_BYTES:
            raise _too_large()
        return message


def _announced_bytes(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def _too_large() -> VmsError:
    return VmsError(
        Kind.INVALID, "request_too_large", "The request is longer than any that makes sense here. Shorten it.",
        limit_bytes=MAX_BODY_BYTES,
    )  # fmt: skip
