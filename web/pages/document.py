"""The page where anybody asks whether a paper is genuine."""

from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from vms.documents.codes import MAX_TYPED_CHARACTERS, read_code
from vms.documents.forms.known import FORMS
from vms.documents.queries import Verified
from vms.documents.rules import Kind, State
from vms.kernel.clock import to_datetime
from vms.kernel.errors import VmsError
from web.acting import peer
from web.authorisation import Access, declares
from web.backends import backends_of
from web.language import Language, language_of
from web.pages.document_query import ask
from web.pages.document_words import PAGE, SIGNATURES, STATES, TITLES
from web.pages.page_templates import page_templates
from web.refusals.words import sentence
from web.transfer.security_headers import HEADERS

_POLICY = (
    HEADERS["Content-Security-Policy"]
    .replace("form-action 'none'", "form-action 'self'")
    .replace("script-src 'self'", "script-src 'none'")
)
_SHAPES = {State.SUPERSEDED: "warning", State.CANCELLED: "stopped"}


class DocumentPage:
    """Renders the page in both languages. It has no script; it names no person and no camera."""

    def __init__(self, zone: ZoneInfo, institution: str) -> None:
        self._zone = zone
        self._institution = institution
        self._templates = page_templates()

    def form(self, language: Language, typed: str = "", problem: str = "") -> str:
        """The page that asks for a code; `problem`: why the one before got no answer."""
        return self._render(language, typed, problem=problem)

    def answer(self, language: Language, code: str, found: Verified) -> str:
        """The page that says what holds of the paper."""
        at = 0 if language == "tr" else 1
        kind = FORMS[Kind(found.kind)].title if language == "tr" else TITLES[Kind(found.kind)]
        issued = to_datetime(found.issued_us).astimezone(self._zone)
        rows = [
            (PAGE["kind"][at], f"{found.kind} · {kind}"),
            (PAGE["number"][at], found.number),
            (PAGE["date"][at], issued.strftime("%d.%m.%Y" if language == "tr" else "%d %B %Y")),
            (PAGE["version"][at], str(found.version)),
            (PAGE["signature"][at], SIGNATURES[found.signature_kind or ""][at]),
        ]
        verdict = {
            "shape": _SHAPES.get(found.state, "done"),
            "title": STATES[found.state][at][0],
            "text": STATES[found.state][at][1],
            "rows": rows,
            "sha256": found.pdf_sha256.hex(),
        }
        return self._render(language, code, verdict=verdict)

    def _render(
        self, language: Language, typed: str, *, problem: str = "", verdict: dict[str, Any] | None = None
    ) -> str:
        at = 0 if language == "tr" else 1
        return self._templates.get_template("document.html").render(
            words={name: both[at] for name, both in PAGE.items()}, language=language, typed=typed, problem=problem,
            verdict=verdict, institution=self._institution,
        )  # fmt: skip


def add_document_page(app: FastAPI, zone: ZoneInfo, institution: str) -> None:
    """Serve `/d` with its form, and `/d/CODE`, where QR codes lead."""
    page = DocumentPage(zone, institution)

    async def answer(request: Request, typed: str) -> HTMLResponse:
        language = language_of(request)
        typed = typed[:MAX_TYPED_CHARACTERS]
        try:
            found = await ask(backends_of(request), peer(request), typed)
        except VmsError as err:
            status = HTTPStatus.TOO_MANY_REQUESTS if err.code == "too_many_queries" else HTTPStatus.SERVICE_UNAVAILABLE
            words = sentence(err.code, err.kind, err.message, language)
            return _html(page.form(language, typed, words), language, status)
        if found is None:
            problem = PAGE["unknown"][0 if language == "tr" else 1]
            return _html(page.form(language, typed, problem), language, HTTPStatus.NOT_FOUND)
        return _html(page.answer(language, read_code(typed) or "", found), language)

    @app.get("/d", include_in_schema=False, dependencies=[declares(Access.PUBLIC_PAGE)])
    async def query_form(request: Request, code: str = "") -> HTMLResponse:
        if code.strip():
            return await answer(request, code)
        language = language_of(request)
        return _html(page.form(language), language)

    @app.get("/d/{code}", include_in_schema=False, dependencies=[declares(Access.PUBLIC_PAGE)])
    async def query_code(request: Request, code: str) -> HTMLResponse:
        return await answer(request, code)


def _html(text: str, language: Language, status: HTTPStatus = HTTPStatus.OK) -> HTMLResponse:
    headers = {
        "Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language",
        "Content-Security-Policy": _POLICY, "X-Robots-Tag": "noindex",
    }  # fmt: skip
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        headers["Retry-After"] = "60"
    return HTMLResponse(text, status, headers)
