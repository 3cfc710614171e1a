"""From our errors to HTTP: the only table of kinds with their status, as RFC 9457 problems."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, WebSocket
from fastapi.exceptions import RequestValidationError, WebSocketRequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.routing import compile_path
from starlette.websockets import WebSocketState

from vms.kernel.errors import Kind, VmsError
from web.language import language_of
from web.refusals.words import sentence
from web.transfer.security_headers import HEADERS

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

STATUS: dict[Kind, HTTPStatus] = {
    Kind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Kind.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Kind.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Kind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.GONE: HTTPStatus.GONE,
    Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Kind.CORRUPT: HTTPStatus.INTERNAL_SERVER_ERROR,
    Kind.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
_BY_CODE: dict[str, HTTPStatus] = {
    "request_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "file_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "training_file_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "file_type_wrong": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "training_file_type_wrong": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "too_many_queries": HTTPStatus.TOO_MANY_REQUESTS,
    "media_type_wrong": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "export_disk_full": HTTPStatus.INSUFFICIENT_STORAGE,
    "range_unsatisfiable": HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
}
_RETRY_AFTER_S = {"busy": "1", "no_picture_now": "2", "too_many_queries": "60"}
_USUAL_RETRY_AFTER_S = "5"
_CLOSE_CODES = {Kind.UNAUTHENTICATED: 4401, Kind.FORBIDDEN: 4403, Kind.NOT_FOUND: 4404, Kind.UNAVAILABLE: 4503}
_OTHER_CLOSE_CODE = 4500


def problem(request: Request, err: VmsError, status: HTTPStatus | None = None) -> Response:
    """The problem document of an error in the caller's language.

    `type` is `about:blank`: what tells errors apart for programs is `code`.
    """
    status = status or _BY_CODE.get(err.code) or STATUS[err.kind]
    language = language_of(request)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": sentence(err.code, err.kind, err.message, language),
        "code": err.code,
        "instance": request.url.path,
    }
    if err.detail and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        body["facts"] = {key: _plain(value) for key, value in err.detail.items()}
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    if status is HTTPStatus.SERVICE_UNAVAILABLE or err.code in _RETRY_AFTER_S:
        headers["Retry-After"] = _RETRY_AFTER_S.get(err.code, _USUAL_RETRY_AFTER_S)
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


async def end_websocket(socket: WebSocket, err: VmsError) -> None:
    """Say why, then close: a browser shows its page neither the status nor the body of a refused handshake."""
    if socket.application_state is WebSocketState.CONNECTING:
        await socket.accept()
    language = language_of(socket)
    detail = sentence(err.code, err.kind, err.message, language)
    await socket.send_json({"type": "ended", "code": err.code, "detail": detail})
    await socket.close(_CLOSE_CODES.get(err.kind, _OTHER_CLOSE_CODE), err.code)


def answer_errors(app: FastAPI) -> None:
    """Turn every error of `app` into a problem document; traces go to the log, never to the caller."""

    async def ours(connection: HTTPConnection, err: Exception) -> Response | None:
        assert isinstance(err, VmsError)
        if STATUS[err.kind] >= HTTPStatus.INTERNAL_SERVER_ERROR and err.kind is not Kind.UNAVAILABLE:
            log.error("%s failed: %s", connection.url.path, err)
        if isinstance(connection, WebSocket):
            await end_websocket(connection, err)
            return None
        assert isinstance(connection, Request)
        return problem(connection, err)

    def refused(request: Request, err: Exception) -> Response:
        assert isinstance(err, RequestValidationError)
        return problem(request, _invalid(err.errors()))

    async def refused_socket(socket: WebSocket, err: Exception) -> None:
        assert isinstance(err, WebSocketRequestValidationError)
        await end_websocket(socket, _invalid(err.errors()))

    def of_http(request: Request, err: Exception) -> Response:
        assert isinstance(err, HTTPException)
        response = problem(request, *_from_http(err))
        response.headers.update(err.headers or {})
        if err.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(_methods_at(request))
        return response

    def unforeseen(request: Request, err: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=err)
        response = problem(request, VmsError(Kind.INTERNAL, "internal", "Something unforeseen failed; it was logged."))
        response.headers.update(HEADERS)  # this answer is made outside all layers
        return response

    app.add_exception_handler(VmsError, ours)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, refused)
    app.add_exception_handler(WebSocketRequestValidationError, refused_socket)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(Exception, unforeseen)


def _invalid(rows: Sequence[Any]) -> VmsError:
    fields = [".".join(str(part) for part in row["loc"]) for row in rows]
    return VmsError(
        Kind.INVALID, "request_invalid", "The request breaks a rule. Correct the named fields.", fields=fields
    )


def _from_http(err: HTTPException) -> tuple[VmsError, HTTPStatus]:
    """What the framework itself refuses: unknown paths, wrong methods."""
    status = HTTPStatus(err.status_code)
    if status is HTTPStatus.NOT_FOUND:
        return VmsError(Kind.NOT_FOUND, "not_found", "Nothing lives at this address. Check it."), status
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        return VmsError(Kind.INVALID, "method_not_allowed", "This address does not take this method."), status
    return VmsError(Kind.INVALID, "request_invalid", f"{status.phrase}."), status


def _methods_at(request: Request) -> list[str]:
    """Every method the address takes (RFC 9110 §15.5.6 wants them all); the framework names one route's only."""
    found: set[str] = set()
    for context in iter_route_contexts(request.app.routes):
        pattern, _, _ = compile_path(context.path or "")
        if pattern.match(request.url.path):
            found |= getattr(context.original_route, "methods", None) or set()
    return sorted(found)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)
