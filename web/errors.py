"""From our errors to HTTP: the only table of kinds with their status, as RFC 9457 problems."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from vms.kernel.errors import Kind, VmsError
from web.error_words import sentence
from web.language import language_of
from web.security_headers import HEADERS

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
_RETRY_AFTER_S = "5"


def problem(request: Request, err: VmsError, status: HTTPStatus | None = None) -> Response:
    """The problem document of an error in the caller's language.

    `type` is `about:blank`: what tells errors apart for programs is `code`.
    """
    status = status or STATUS[err.kind]
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
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = _RETRY_AFTER_S
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def answer_errors(app: FastAPI) -> None:
    """Turn every error of `app` into a problem document; traces go to the log, never to the caller."""

    def ours(request: Request, err: Exception) -> Response:
        assert isinstance(err, VmsError)
        if STATUS[err.kind] >= HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("%s %s failed: %s", request.method, request.url.path, err)
        return problem(request, err)

    def refused(request: Request, err: Exception) -> Response:
        assert isinstance(err, RequestValidationError)
        fields = [".".join(str(part) for part in row["loc"]) for row in err.errors()]
        wrong = VmsError(
            Kind.INVALID, "request_invalid", "The request breaks a rule. Correct the named fields.", fields=fields
        )
        return problem(request, wrong)

    def of_http(request: Request, err: Exception) -> Response:
        assert isinstance(err, HTTPException)
        response = problem(request, *_from_http(err))
        response.headers.update(err.headers or {})
        return response

    def unforeseen(request: Request, err: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=err)
        response = problem(request, VmsError(Kind.INTERNAL, "internal", "Something unforeseen failed; it was logged."))
        response.headers.update(HEADERS)  # this answer is made outside all layers
        return response

    app.add_exception_handler(VmsError, ours)
    app.add_exception_handler(RequestValidationError, refused)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(Exception, unforeseen)


def _from_http(err: HTTPException) -> tuple[VmsError, HTTPStatus]:
    """What the framework itself refuses: unknown paths, wrong methods."""
    status = HTTPStatus(err.status_code)
    if status is HTTPStatus.NOT_FOUND:
        return VmsError(Kind.NOT_FOUND, "not_found", "Nothing lives at this address. Check it."), status
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        return VmsError(Kind.INVALID, "method_not_allowed", "This address does not take this method."), status
    return VmsError(Kind.INVALID, "request_invalid", f"{status.phrase}."), status


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)
