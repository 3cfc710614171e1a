"""Addresses nobody serves, typed by a person: the console's own page says so and leads back."""

from collections.abc import Callable
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from web.language import MAX_HEADER_CHARACTERS

_MACHINES = ("/api", "/assets")


def answer_missing(app: FastAPI, page: Callable[[Request], Response]) -> None:
    """Answer what no route of `app` serves with the console's `page` and status 404 where a browser shows a page.

    Programs, and whoever asks below `/api`, go on getting the problem document. No route of its own: one that takes
    every path would answer `method_not_allowed` for addresses that do not exist.
    """
    refuse = app.router.default

    async def missing(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_a_person(request := Request(scope)):
            await refuse(scope, receive, send)
            return
        response = await run_in_threadpool(page, request)
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.NOT_FOUND
        response.headers["Vary"] = "Accept"
        await response(scope, receive, send)

    app.router.default = missing


def _is_a_person(request: Request) -> bool:
    """A browser that shows a page says that it takes HTML; its scripts and other programs do not."""
    if request.method != "GET":
        return False
    path = request.url.path
    if any(path == place or path.startswith(f"{place}/") for place in _MACHINES):
        return False
    takes = request.headers.get("accept", "")[:MAX_HEADER_CHARACTERS].lower()
    return any(item.partition(";")[0].strip() == "text/html" for item in takes.split(","))
